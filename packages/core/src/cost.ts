import type { Usage } from './usage.ts';

/** How well a figure is known. `reported`: from the provider's own usage; `estimated`: counted by us; `unknown`: no price or no usage. */
export type UsageState = 'reported' | 'estimated' | 'unknown';

/** Where an amount comes from: the provider's bill, our table, the user's table, another emitter, or nowhere. */
export type CostOrigin = 'provider' | 'table' | 'user' | 'emitter' | 'none';

/** Speed and geography of a call as its provider names them, where they are not the usual ones. */
export interface SoldAs {
  speed: string | undefined;
  geo: string | undefined;
}

/** What one attempt cost. `nanoUsd` is undefined exactly when no price was found; what a policy assumes is the budget's affair, never a cost. */
export interface CostResult {
  nanoUsd: number | undefined;
  state: UsageState;
  origin: CostOrigin;
  usage: Usage;
  /** How well `usage` is known: tokens may be reported that have no price, or a price for tokens that are not. Default: `state`. */
  usageState?: UsageState | undefined;
  /** The split in nano-USD, non-zero parts only; informative: parts are rounded one by one. */
  breakdown: Partial<Record<keyof Usage, number>>;
  /** The price row that was applied, and the version of the table that it is from. */
  price?: { id: string; version: string } | undefined;
  /** What the price depends on beside model, usage and service tier. */
  soldAs?: SoldAs | undefined;
  /** What was odd: `unknown_model`, `inconsistent_usage`, `tier_unknown`, `no_cache_split`, … */
  flags: string[];
}
