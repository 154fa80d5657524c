import type { AccountBook } from './account-book.ts';
import type { Refusal, Tally } from '../decide.ts';
import type { BudgetDecision } from './ledger-observer.ts';
import type { Values } from '../match.ts';
import type { Amounts } from '../measures.ts';
import { addAmounts, noAmounts } from '../measures.ts';
import { RecentSpend } from './recent-spend.ts';
import type { WindowInstance } from '../window/window.ts';

/** The call that found the account exhausted: what it needed, and its place in the order of arrival. */
export interface Closed {
  readonly needed: Readonly<Amounts>;
  readonly order: number;
}

/** Budget × dimension values × window instance: the thing that has `spent` and `reserved`, two numbers that never mix. */
export class Account implements Tally {
  readonly book: AccountBook;
  readonly values: Values;
  readonly window: WindowInstance;
  readonly limit: Readonly<Amounts>;
  readonly spent: Amounts = noAmounts();
  readonly reserved: Amounts = noAmounts();
  /** What waiting calls want, for those that come later. */
  readonly claimed: Amounts = noAmounts();
  /** Open reservations, and waiting calls. */
  open = 0;
  waiting = 0;
  lastUsed = 0;
  closed: Closed | undefined = undefined;
  /** How many of the budget's warnings are out, and since when. */
  warned = 0;
  warnedAt = 0;
  /** Told for every call that goes: made once, because most calls go. */
  allowed: BudgetDecision;
  readonly #recent: RecentSpend | undefined;
  readonly #charged: Amounts;

  /** `charged`: the total of the budget that this account adds to. */
  constructor(book: AccountBook, values: Values, window: WindowInstance, charged: Amounts) {
    this.book = book;
    this.values = values;
    this.window = window;
    this.limit = book.limit;
    this.allowed = Object.freeze(this.decision('allow'));
    this.#recent = book.budget.window.kind === 'rolling' ? new RecentSpend(book.budget.window.lengthMs) : undefined;
    this.#charged = charged;
  }

  touch(now: number): void {
    this.lastUsed = now;
    this.refresh(now);
  }

  /** Notes that time has passed: spend leaves a rolling window, and room in it opens a closed account. */
  refresh(now: number): void {
    if (this.#recent?.expire(now, this.spent) === true) this.closed = undefined;
  }

  /** Notes that the rules have changed, so that it may open again: warnings that no longer hold may come once more. */
  renew(opens: boolean): void {
    if (opens) this.closed = undefined;
    this.allowed = Object.freeze(this.decision('allow'));
    const used = this.usedShare();
    const reached = this.book.budget.warnAt.filter((threshold) => used >= threshold).length;
    this.warned = Math.min(this.warned, reached);
  }

  /** Whether it refuses everything that comes as `order`-th: it does so after the call that found it exhausted, not before. */
  isClosedFor(order: number): boolean {
    return this.closed !== undefined && order > this.closed.order;
  }

  /** Closes it, unless it is already; returns what the call needed that it is closed by. */
  closeFor(order: number, needed: Readonly<Amounts>): Readonly<Amounts> {
    if (this.closed === undefined || !this.isClosedFor(order)) this.closed = { needed, order };
    return this.closed.needed;
  }

  /** Which part of the window a call that is admitted now will be charged to. */
  slotAt(now: number): number {
    return this.#recent?.slotAt(now) ?? 0;
  }

  reserve(amounts: Readonly<Amounts>): void {
    this.open++;
    addAmounts(this.reserved, amounts);
  }

  putBack(amounts: Readonly<Amounts>): void {
    this.open--;
    this.reserved.nanoUsd = this.open === 0 ? 0 : this.reserved.nanoUsd - amounts.nanoUsd;
    this.reserved.tokens = this.open === 0 ? 0 : this.reserved.tokens - amounts.tokens;
    this.reserved.calls = this.open === 0 ? 0 : this.reserved.calls - amounts.calls;
  }

  charge(amounts: Readonly<Amounts>, slot: number, now: number): void {
    addAmounts(this.#charged, amounts);
    if (this.#recent === undefined || this.#recent.add(slot, amounts, now)) addAmounts(this.spent, amounts);
  }

  /** The fullest unit's share of its limit that is spent. */
  usedShare(): number {
    const { spent, limit } = this;
    return Math.max(
      share(spent.nanoUsd, limit.nanoUsd),
      share(spent.tokens, limit.tokens),
      share(spent.calls, limit.calls),
    );
  }

  /** When its oldest spend leaves a rolling window; undefined for other windows, and when there is none. */
  nextExit(): number | undefined {
    return this.#recent?.nextExit();
  }

  /** Whether the account can be forgotten: it lay unused, nothing is open, and no rolling spend would be forgotten with it. */
  isIdle(now: number): boolean {
    if (this.open > 0 || this.waiting > 0 || now - this.lastUsed < this.book.budget.idleMs) return false;
    this.#recent?.expire(now, this.spent);
    return this.#recent?.nextExit() === undefined;
  }

  decision(decision: BudgetDecision['decision'], reason?: Refusal): BudgetDecision {
    return { budget: this.book.budget.name, account: this.values, decision, reason, mode: this.book.mode };
  }
}

function share(spent: number, limit: number): number {
  return spent === 0 ? 0 : spent / limit;
}
