import type { CallRecord } from '@tollgate/core';

/** The reasons for which a call has no price, by the names that the `tollgate.unpriced` metric has for them. */
const REASONS = ['no_provider', 'no_usage', 'tier_unknown', 'no_cache_split', 'unknown_model'] as const;

/** Why the cost of a call is unknown; undefined where it is known, or where nothing was sent. */
export function unpricedReason({ cost }: CallRecord): string | undefined {
  if (cost.nanoUsd !== undefined) return undefined;
  return REASONS.find((reason) => cost.flags.includes(reason)) ?? 'unknown_model';
}
