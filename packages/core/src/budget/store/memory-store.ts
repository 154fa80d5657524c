import type { Amounts, Measures } from '../measures.ts';
import { amountsOf, noAmounts, UNITS } from '../measures.ts';
import { StoredControl } from './stored-control.ts';
import { StoredShares } from './stored-shares.ts';
import type {
  BudgetStore,
  ControlChange,
  ControlState,
  Lease,
  LeaseWant,
  SettledTotal,
  StoredAccount,
} from './store.ts';

/** What a memory store is made from. */
export interface MemoryStoreOptions {
  /** Unique among all stores. */
  readonly id: string;
  /** The store's clock, epoch ms. */
  readonly now: () => number;
  /** How long a lease lasts without a word from its holder. Default 10,000. */
  readonly leaseMs?: number | undefined;
}

const DEFAULT_LEASE_MS = 10_000;
const FORGET_AFTER_MS = 86_400_000;
const FORGET_EVERY_MS = 3_600_000;
const PAGE = 1000;
const UNLIMITED: Readonly<Amounts> = Object.freeze({ nanoUsd: Infinity, tokens: Infinity, calls: Infinity });

/** A store that lasts as long as the process. */
export function memoryStore(options: MemoryStoreOptions): BudgetStore {
  return new MemoryStore(options);
}

class MemoryStore implements BudgetStore {
  readonly id: string;
  readonly reach = 'process';
  readonly #now: () => number;
  readonly #leaseMs: number;
  readonly #accounts = new Map<string, StoredShares>();
  readonly #control: StoredControl;
  #forgetsAt = -Infinity;

  constructor({ id, now, leaseMs }: MemoryStoreOptions) {
    this.id = id;
    this.#now = now;
    this.#leaseMs = leaseMs ?? DEFAULT_LEASE_MS;
    this.#control = new StoredControl(now);
  }

  async lease(process: string, wants: readonly LeaseWant[]): Promise<Lease[]> {
    const now = this.#now();
    const asked = wants.map((want) => {
      const account = this.#account(want.key);
      if (want.windowEnds !== undefined) account.forgetAt = want.windowEnds + FORGET_AFTER_MS;
      return { want, account, most: account.mostFor(process, limitOf(want.limit), now) };
    });
    const canAll = asked.every(({ want, most }) => UNITS.every((unit) => amountsOf(want.need)[unit] <= most[unit]));
    return asked.map(({ want, account, most }) => {
      const has = account.leaseOf(process, now);
      const wish = amountsOf(want.want, amountsOf(want.need));
      const granted = eachUnit((unit) => Math.min(most[unit], canAll ? wish[unit] : Math.min(has[unit], wish[unit])));
      account.grant(process, granted, now + this.#leaseMs);
      return { key: want.key, granted, expiresInMs: this.#leaseMs, others: account.othersThan(process, now) };
    });
  }

  async settle(process: string, totals: readonly SettledTotal[]): Promise<void> {
    for (const { key, spent, held } of totals) this.#account(key).settle(process, amountsOf(spent), amountsOf(held));
  }

  async read(keys: readonly string[]): Promise<StoredAccount[]> {
    return keys.map((key) => this.#row(key));
  }

  async list(prefix: string, after?: string): Promise<{ accounts: StoredAccount[]; next?: string | undefined }> {
    const keys = [...this.#accounts.keys()].filter(
      (key) => key.startsWith(prefix) && (after === undefined || key > after),
    );
    const page = keys.toSorted().slice(0, PAGE);
    return { accounts: page.map((key) => this.#row(key)), next: page.length < keys.length ? page.at(-1) : undefined };
  }

  async control(): Promise<ControlState> {
    return this.#control.state();
  }

  async setControl(change: ControlChange, audit: { by: string }): Promise<void> {
    this.#control.change(change, audit.by);
  }

  watch(changed: () => void): () => void {
    return this.#control.watch(changed);
  }

  async close(): Promise<void> {
    this.#accounts.clear();
  }

  #account(key: string): StoredShares {
    let account = this.#accounts.get(key);
    if (account === undefined) {
      this.#forget(this.#now());
      this.#accounts.set(key, (account = new StoredShares()));
    }
    return account;
  }

  #forget(now: number): void {
    if (now < this.#forgetsAt) return;
    this.#forgetsAt = now + FORGET_EVERY_MS;
    for (const [key, { forgetAt }] of this.#accounts) if (forgetAt <= now) this.#accounts.delete(key);
  }

  #row(key: string): StoredAccount {
    const total = this.#accounts.get(key)?.total(this.#now());
    return { key, spent: total?.spent ?? noAmounts(), leased: total?.leased ?? noAmounts() };
  }
}

function limitOf(limit: Measures): Amounts {
  return eachUnit((unit) => (limit[unit] === undefined ? UNLIMITED[unit] : amountsOf(limit)[unit]));
}

function eachUnit(amount: (unit: keyof Amounts) => number): Amounts {
  return { nanoUsd: amount('nanoUsd'), tokens: amount('tokens'), calls: amount('calls') };
}
