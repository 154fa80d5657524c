import type { Dimension } from '../../attribution.ts';

/** A budget as people write it. Everything but `name`, `limit` and `window` has a default. */
export interface BudgetSpec {
  name: string;
  /** At least one unit; where several are given, each of them holds. 0 blocks. At most 9,000,000 USD. */
  limit: { usd?: number | undefined; tokens?: number | undefined; calls?: number | undefined };
  window: 'total' | 'minute' | 'hour' | 'day' | 'week' | 'month' | { rolling: string };
  /** IANA zone of calendar windows. Default 'UTC'. */
  timeZone?: string | undefined;
  /** First day of a `week`: 1 Monday (default), 7 Sunday. */
  weekStart?: 1 | 7 | undefined;
  /** One account per combination of these values. Default: one account for all. */
  by?: readonly Dimension[] | undefined;
  /** The calls that count: exact values, or a prefix that ends in '*'. Default: all. */
  match?: { [D in Dimension]?: string | readonly string[] | undefined } | undefined;
  /** A call without a value for a `by` dimension: not counted (default), counted in one account `(none)`, or refused. */
  missing?: 'skip' | 'share' | 'deny' | undefined;
  /** Parts of the limit at which a warning is due, ascending, each above 0 and at most 1. */
  warnAt?: readonly number[] | undefined;
  onExceed?: 'deny' | 'warn' | undefined;
  mode?: 'enforce' | 'observe' | undefined;
  /** What is put aside for a call: what it is expected to cost (default), or the most that it can cost. */
  reserve?: 'expected' | 'max' | undefined;
  /** Whether the output cap of a request may be set or lowered so that the call fits. Default false. */
  shrink?: boolean | undefined;
  /** Whether token limits count input that came out of a cache. Default 'all'. */
  count?: 'all' | 'uncached' | undefined;
  onStoreError?: 'deny' | 'allow' | undefined;
  /** How long an account with `by` values in a `total` or rolling window may lie unused before it is dropped. Default '7d'. */
  idle?: string | undefined;
}
