import type { Attribution, Dimension } from './attribution.ts';
import type { Refusal } from './budget/decide.ts';
import type { CostResult } from './cost.ts';
import type { Usage } from './usage.ts';

/** How a call ended for the app. */
export type Outcome = 'ok' | 'error' | 'denied' | 'aborted';

/** What is known of a call once it is over: what spans, metrics and `usage()` are made from. `id` is also on the span. Times: epoch ms. */
export interface CallRecord {
  id: string;
  startedAt: number;
  endedAt: number;
  at: Attribution;
  provider: string;
  requestModel: string;
  responseModel?: string | undefined;
  operation: string;
  outcome: Outcome;
  /** HTTP requests that were sent. */
  attempts: number;
  usage: Usage;
  cost: CostResult;
  /** What a budget was charged for a call that has no price. */
  assumedNanoUsd?: number | undefined;
  refusal?: Refusal | undefined;
  traceId?: string | undefined;
  spanId?: string | undefined;
}

/**
 * One line of `usage()`: what was spent by one combination of dimension values. `calls` were let through, `denied` were
 * refused; a call that was refused between two of its attempts is in both.
 */
export interface UsageRow {
  by: Partial<Record<Dimension, string>>;
  calls: number;
  denied: number;
  attempts: number;
  usage: Usage;
  nanoUsd: number;
  /** The part of `nanoUsd` whose usage was estimated, not reported. */
  estimatedNanoUsd: number;
  /** What budgets were charged for calls without a price; not in `nanoUsd`. */
  assumedNanoUsd: number;
  unpricedCalls: number;
}
