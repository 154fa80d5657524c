import type { Values } from './match.ts';
import type { Measures } from './measures.ts';

/**
 * How far the accounts of a store reach: one process (each worker thread is one by itself), one host,
 * or every process that shares it.
 */
export type Reach = 'process' | 'host' | 'shared';

/** How an account stands: what people, spans and metrics are told. Only units that the budget limits are in the measures. */
export interface Standing {
  budget: string;
  /** The account's identity among all budgets, values and windows: a handle for stores and throttles. */
  key: string;
  account: Values;
  /** `total`, `day`, `rolling-24h`, … */
  window: string;
  /** Epoch ms. Of a rolling window: the length of the window ago. */
  opensAt?: number | undefined;
  /** Epoch ms. Of a rolling window: when its oldest spend leaves it. */
  resetsAt?: number | undefined;
  asOf: number;
  reach: Reach;
  store: string;
  limit: Measures;
  spent: Measures;
  reserved: Measures;
  /** What is neither spent nor reserved, at least 0. */
  remaining: Measures;
  /** It was exhausted, or is paused, and refuses every call. */
  closed: boolean;
  paused?: { by: string; until?: number | undefined } | undefined;
  /** Why the budget could not be used. */
  invalid?: string | undefined;
}
