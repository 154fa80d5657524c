import type { Dimension } from '../../attribution.ts';
import { Account } from './account.ts';
import { AccountTree } from './account-tree.ts';
import type { Budget } from '../spec/budget.ts';
import { ChargeTotals } from './charge-totals.ts';
import type { Values } from '../match.ts';
import { matches, valueOf } from '../match.ts';
import type { Amounts } from '../measures.ts';
import { noAmounts, UNITS } from '../measures.ts';
import type { WindowInstance } from '../window/window.ts';
import { windowAt } from '../window/window.ts';

// Beyond so many accounts of one budget and window, a call for a new one is refused.
const MAX_ACCOUNTS = 100_000;

// How long a window that is over keeps its accounts: a clock that steps back finds them again.
const GRACE_MS = 10 * 60_000;
const SWEEP_MS = 60 * 60_000;
const SWEEP_WHEN_FULL_MS = 60_000;
const NO_VALUE = '(none)';

/** Why a budget that matches a call has no account for it. */
export type NoAccount = 'skip' | 'untagged' | 'too-many-accounts';

interface WindowAccounts {
  readonly window: WindowInstance;
  readonly accounts: AccountTree;
  leftAt: number;
}

/** All accounts of one budget. Does calendar work only when a window is over. */
export class AccountBook {
  readonly #ledgerMode: 'enforce' | 'observe';
  readonly #serviceName: string;
  /** The limit in force: the budget's own, or what it was raised to. Changed in place, since every account looks at it. */
  readonly limit: Amounts = noAmounts();
  readonly charges: ChargeTotals;
  readonly #untagged = new Set<Dimension>();
  #budget: Budget;
  #raise: { limit: Partial<Amounts>; until: number } | undefined = undefined;
  #current: WindowAccounts | undefined = undefined;
  #previous: WindowAccounts | undefined = undefined;
  #opensAt = Infinity;
  #checkAt = -Infinity;
  #sweptAt = -Infinity;

  /** `charges`: of the book of the same name that this one replaces. */
  constructor(budget: Budget, ledgerMode: 'enforce' | 'observe', serviceName: string, charges?: ChargeTotals) {
    this.#budget = budget;
    this.#ledgerMode = ledgerMode;
    this.#serviceName = serviceName;
    this.charges = charges ?? new ChargeTotals(budget.by);
    Object.assign(this.limit, budget.limit);
  }

  get budget(): Budget {
    return this.#budget;
  }

  get mode(): 'enforce' | 'observe' {
    return this.#ledgerMode === 'observe' ? 'observe' : this.#budget.mode;
  }

  /** Whether it can say no. */
  get enforces(): boolean {
    return this.mode === 'enforce' && this.#budget.onExceed === 'deny';
  }

  matches(at: Values): boolean {
    return this.#budget.match.length === 0 || matches(this.#budget.match, at, this.#serviceName);
  }

  /** Notes that time has passed: a raise or a window may be over. */
  turnTo(now: number): void {
    this.#at(now);
  }

  /** The account that a call of these values belongs to at `now`; made if need be. */
  open(at: Values, now: number): Account | NoAccount {
    const { window, accounts } = this.#at(now);
    const path = this.#path(at);
    if (typeof path === 'string') return path;
    const known = accounts.get(path);
    if (known !== undefined) {
      known.touch(now);
      return known;
    }
    if (accounts.size >= MAX_ACCOUNTS && !this.#makeRoom(accounts, now)) return 'too-many-accounts';
    const values = this.#valuesOf(path);
    const account = new Account(this, values, window, this.charges.of(values));
    account.touch(now);
    accounts.add(path, account);
    return account;
  }

  /** The account as `open` would find it; where it has none, an empty one that is not kept. */
  peek(at: Values, now: number): Account | NoAccount {
    const { window, accounts } = this.#at(now);
    const path = this.#path(at);
    if (typeof path === 'string') return path;
    const known = accounts.get(path);
    known?.refresh(now);
    return known ?? new Account(this, this.#valuesOf(path), window, noAmounts());
  }

  /** An empty account that stands for a call which has no account of its own. */
  placeholder(at: Values, now: number): Account {
    const path = this.#budget.by.map((dimension) => valueOf(at, dimension, this.#serviceName) ?? NO_VALUE);
    return new Account(this, this.#valuesOf(path), this.#at(now).window, noAmounts());
  }

  /** The first `by` dimension that a skipped call has no value for; undefined when that was told before. */
  untagged(at: Values): Dimension | undefined {
    const dimension = this.#budget.by.find((name) => valueOf(at, name, this.#serviceName) === undefined);
    if (dimension === undefined || this.#untagged.has(dimension)) return undefined;
    this.#untagged.add(dimension);
    return dimension;
  }

  /** The accounts of the window at `now`. Without `by` there is always one, so that people see a budget before its first call. */
  *accounts(now: number): IterableIterator<Account> {
    if (this.#budget.by.length === 0) this.open({}, now);
    for (const account of this.#at(now).accounts) {
      account.refresh(now);
      yield account;
    }
  }

  /** Puts `limit` in force until `until`; what it leaves out stays. */
  raise(limit: Partial<Amounts>, until: number): void {
    this.#raise = { limit, until };
    this.#checkAt = -Infinity;
    this.#renew(true);
  }

  /** Whether `budget` differs only in what can change under existing accounts. */
  canTake(budget: Budget): boolean {
    const { window, by } = this.#budget;
    return JSON.stringify([window, by]) === JSON.stringify([budget.window, budget.by]);
  }

  /** Goes on with a changed spec; spend and reservations stay, a raise ends. */
  take(budget: Budget): void {
    this.#budget = budget;
    this.#raise = undefined;
    this.#renew(true);
  }

  #at(now: number): WindowAccounts {
    if (this.#current !== undefined && now < this.#checkAt && now >= this.#opensAt) return this.#current;
    return this.#turn(now);
  }

  #turn(now: number): WindowAccounts {
    if (this.#raise !== undefined && now >= this.#raise.until) this.#endRaise();
    const window = windowAt(this.#budget.window, now);
    const current = this.#enter(window, now);
    if (this.#previous !== undefined && now >= this.#previous.leftAt + GRACE_MS) this.#previous = undefined;
    if (now - this.#sweptAt >= SWEEP_MS) this.#sweep(current.accounts, now);
    this.#opensAt = window.span?.opensAt ?? -Infinity;
    this.#checkAt = this.#nextCheck(window);
    return current;
  }

  #nextCheck({ span }: WindowInstance): number {
    const dropAt = (this.#previous?.leftAt ?? Infinity) + GRACE_MS;
    return Math.min(span?.resetsAt ?? Infinity, this.#raise?.until ?? Infinity, dropAt, this.#sweptAt + SWEEP_MS);
  }

  #enter(window: WindowInstance, now: number): WindowAccounts {
    const left = this.#current;
    if (left?.window.id === window.id) return left;
    const known = this.#previous?.window.id === window.id ? this.#previous : undefined;
    if (left !== undefined) this.#previous = Object.assign(left, { leftAt: now });
    this.#current = known ?? { window, accounts: new AccountTree(), leftAt: Infinity };
    return this.#current;
  }

  #sweep(accounts: AccountTree, now: number): void {
    this.#sweptAt = now;
    // A calendar window takes its accounts with it; until then none of them is dropped with spend in it.
    if (this.#current?.window.span === undefined) accounts.prune((account) => account.isIdle(now));
  }

  #makeRoom(accounts: AccountTree, now: number): boolean {
    if (now - this.#sweptAt >= SWEEP_WHEN_FULL_MS) this.#sweep(accounts, now);
    return accounts.size < MAX_ACCOUNTS;
  }

  /** What it had closed stays closed, but where it had lowered the limit. */
  #endRaise(): void {
    const { limit } = this.#budget;
    const opens = UNITS.some((unit) => limit[unit] > this.limit[unit]);
    this.#raise = undefined;
    this.#renew(opens);
  }

  #renew(opens: boolean): void {
    Object.assign(this.limit, this.#budget.limit, this.#raise?.limit);
    for (const held of [this.#current, this.#previous]) {
      for (const account of held?.accounts ?? []) account.renew(opens);
    }
  }

  #path(at: Values): string[] | 'skip' | 'untagged' {
    const path: string[] = [];
    for (const dimension of this.#budget.by) {
      const value = valueOf(at, dimension, this.#serviceName);
      if (value !== undefined) path.push(value);
      else if (this.#budget.missing === 'share') path.push(NO_VALUE);
      else return this.#budget.missing === 'skip' ? 'skip' : 'untagged';
    }
    return path;
  }

  #valuesOf(path: readonly string[]): Values {
    return Object.freeze(Object.fromEntries(this.#budget.by.map((dimension, index) => [dimension, path[index]])));
  }
}
