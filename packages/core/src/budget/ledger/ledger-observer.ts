import type { Dimension } from '../../attribution.ts';
import type { Refusal } from '../decide.ts';
import type { Values } from '../match.ts';
import type { Amounts, Measures } from '../measures.ts';
import type { Standing } from '../standing.ts';

/**
 * What one account said about one call. `allow` events are one frozen object per account, so a reader may key a cache by them.
 * `warn`: a call went although it did not fit (`onExceed: 'warn'`, or observe mode), with the reason that it would have been refused for.
 */
export interface BudgetDecision {
  readonly budget: string;
  readonly account: Values;
  readonly decision: 'allow' | 'warn' | 'wait' | 'deny';
  readonly reason: Refusal | undefined;
  readonly mode: 'enforce' | 'observe';
}

/** One change of the rules while the process runs, by whom. */
export interface ControlEntry {
  readonly change: 'set' | 'remove' | 'raise' | 'pause' | 'resume';
  readonly subject: string;
  readonly by: string;
  readonly why: string | undefined;
  readonly at: number;
}

/** Told what the ledger did, after it did it. Values only; implementations must not throw. */
export interface LedgerObserver {
  /** Every account that allowed or warned, and the one that refused or made the call wait. */
  decision?(event: BudgetDecision): void;
  /** Once per threshold and window. Of a rolling window: again after one length. */
  warning?(standing: Standing, threshold: number): void;
  /** Every refusal, and every call that goes although it would have been refused. */
  exceeded?(standing: Standing, reason: Refusal): void;
  /** An account was charged for a call. `account` is one frozen object per account; `limit` is Infinity for units that it does not limit. */
  charged?(account: BudgetDecision, by: Readonly<Amounts>, limit: Readonly<Amounts>): void;
  /** A call has cost more than was put aside for it; it is charged in full. */
  overrun?(standing: Standing, over: Measures): void;
  /** Once per budget and dimension: a call had no value for it, and the budget does not count such calls. */
  untagged?(budget: string, dimension: Dimension): void;
  controlled?(entry: ControlEntry): void;
}
