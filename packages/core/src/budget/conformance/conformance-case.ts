import type { Amounts, Measures } from '../measures.ts';
import { amountsOf } from '../measures.ts';
import type { BudgetStore, Lease, LeaseWant } from '../store/store.ts';

/** A store as the suite sees it: two handles on the same data, as two processes have them, and a hand on its clock. */
export interface StoreUnderTest {
  readonly store: BudgetStore;
  /** Another handle on the same data; the same one where a store can have only one. */
  readonly other: BudgetStore;
  /** How long its leases last: at least a second, so that none ends while a case is busy. */
  readonly leaseMs: number;
  /** Lets at least `ms` pass on the store's clock, and at most a tenth of `leaseMs` more. */
  readonly advance: (ms: number) => void | Promise<void>;
}

/** One thing that a store promises. */
export interface ConformanceCase {
  readonly title: string;
  readonly run: (subject: StoreUnderTest) => Promise<void>;
}

/** Amounts in USD alone, the way most cases write them. */
export function usd(nanoUsd: number): Measures {
  return { nanoUsd };
}

/** Asks for a lease of one account in USD. */
export async function leaseUsd(store: BudgetStore, process: string, want: LeaseWant): Promise<Lease> {
  const [lease] = await store.lease(process, [want]);
  if (lease === undefined) throw new Error(`no lease came back for ${want.key}`);
  return lease;
}

/** A wish for `want` nano-USD of an account with `limit`, of which `need` are needed. */
export function wish(key: string, limit: number, want: number, need: number = want): LeaseWant {
  return { key, limit: usd(limit), need: usd(need), want: usd(want) };
}

/** Spent and leased nano-USD of one account. */
export async function totals(store: BudgetStore, key: string): Promise<[spent: number, leased: number]> {
  const [account] = await store.read([key]);
  const amounts = (measures: Measures | undefined): Amounts => amountsOf(measures ?? {});
  return [amounts(account?.spent).nanoUsd, amounts(account?.leased).nanoUsd];
}

/** Throws, with both values in the message, unless they are the same as JSON. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`);
}
