import { assumedParts } from '../pricing/part-plans.ts';
import type { PricePlan } from '../pricing/plan.ts';
import { priceUsage } from '../pricing/price.ts';
import type { PriceQuery } from '../pricing/price-query.ts';
import type { Usage } from '../usage.ts';
import type { GateParts } from './gate.ts';

/** The plans of a call that was let through. */
export interface HeldPlans {
  readonly plan: PricePlan | undefined;
  readonly assumed: PricePlan | undefined;
}

/**
 * What budgets are charged, in nano-USD, for a call that has no cost because it, or work that was done for it, has no
 * price. Undefined where nothing may be assumed: by policy, or at an address that nobody has named.
 */
export function assumedCost(parts: GateParts, held: HeldPlans, query: PriceQuery, usage: Usage): number | undefined {
  const own = held.assumed ?? held.plan;
  if (own === undefined || parts.unknownPrice !== 'family') return undefined;
  return priceUsage(usage, own, assumedParts(parts.prices(), query, own)).nanoUsd;
}
