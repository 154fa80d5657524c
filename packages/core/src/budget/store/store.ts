import type { Attribution } from '../../attribution.ts';
import type { BudgetSpec } from '../spec/budget-spec.ts';
import type { Measures } from '../measures.ts';
import type { Reach } from '../standing.ts';

/**
 * Where accounts live longer or wider than a process. It promises one thing: of every account, at every instant and by its own
 * clock, what is spent plus what is leased stays within the limit (but for calls that cost more than they had leased).
 *
 * `process` names one incarnation of a process: a restart is another one. Settlements are cumulative per incarnation and merged
 * by maximum, so they may be sent twice, late, out of order or not at all: the next one makes up for it. Requests for
 * leases of one process follow one another. Measures leave out the units that nobody limits; a missing unit is 0, or no limit.
 */
export interface BudgetStore {
  /** Kept in the store, the same for everyone who shares it. */
  readonly id: string;
  readonly reach: Reach;
  /** Sets what the process may spend beyond what it has settled: all of the wants can have their `need`, or no lease grows. */
  lease(process: string, wants: readonly LeaseWant[]): Promise<Lease[]>;
  /** What the process has spent so far in each account, and what its open reservations hold. */
  settle(process: string, totals: readonly SettledTotal[]): Promise<void>;
  /** One row per key, in that order; zeros for a key that is not known. */
  read(keys: readonly string[]): Promise<StoredAccount[]>;
  /** The accounts whose key starts with `prefix`, by key, a page at a time: `after` is the `next` of the page before. */
  list(prefix: string, after?: string): Promise<{ accounts: StoredAccount[]; next?: string | undefined }>;
  control(): Promise<ControlState>;
  setControl(change: ControlChange, audit: { by: string; why?: string | undefined }): Promise<void>;
  /** Calls `changed` soon after each change of control, by whomever; returns what ends that. */
  watch(changed: () => void): () => void;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/** What a process asks of one account: at least `need`, at best `want`. A `want` below what it has gives the rest back. */
export interface LeaseWant {
  key: string;
  limit: Measures;
  need: Measures;
  want: Measures;
  /** Epoch ms by the store's clock after which the account may be forgotten. */
  windowEnds?: number | undefined;
}

/** What a process may spend beyond what it has settled, for how long, and how many others hold leases of the account. */
export interface Lease {
  key: string;
  granted: Measures;
  expiresInMs: number;
  others: number;
}

/** One account of one process: all that it ever spent there, and what its open reservations hold now. */
export interface SettledTotal {
  key: string;
  spent: Measures;
  held: Measures;
}

/** One account over all processes. What a process held when its lease ran out is in `spent` until it settles again. */
export interface StoredAccount {
  key: string;
  spent: Measures;
  leased: Measures;
}

/** The rules that were changed while processes run. */
export interface ControlState {
  budgets: BudgetSpec[];
  paused: { scope: Attribution; until?: number | undefined; by: string }[];
  /** Grows with every change. */
  version: number;
}

export type ControlChange =
  | { setBudget: BudgetSpec }
  | { removeBudget: string }
  | { pause: Attribution; forMs?: number | undefined }
  | { resume: Attribution };
