import type { CostResult, UsageState } from '../cost.ts';
import { listedParts } from '../pricing/part-plans.ts';
import type { PricePlan } from '../pricing/plan.ts';
import { priceUsage } from '../pricing/price.ts';
import type { PriceQuery } from '../pricing/price-query.ts';
import type { PriceTable } from '../pricing/price-table.ts';
import { soldAs } from '../sold-as.ts';
import { emptyUsage, type Usage } from '../usage.ts';

/** A usage, how well it is known, and what was odd about it. */
export interface KnownUsage {
  readonly usage: Usage;
  readonly state: 'reported' | 'estimated';
  readonly flags: readonly string[];
}

/** What a usage costs by the plan that `table` has for `query`, where every part of it has a price. */
export function planCost(
  table: PriceTable,
  query: PriceQuery,
  plan: PricePlan,
  { usage, state, flags }: KnownUsage,
): CostResult {
  const priced = priceUsage(usage, plan, listedParts(table, query, plan));
  return {
    nanoUsd: priced.nanoUsd,
    state: priced.nanoUsd === undefined ? 'unknown' : state,
    origin: plan.origin,
    usage,
    usageState: state,
    breakdown: priced.breakdown,
    price: { id: plan.id, version: plan.version },
    soldAs: soldAs(query),
    flags: [...new Set([...flags, ...priced.flags])],
  };
}

/** The cost of a call whose model has no price. */
export function unpricedCost(usage: Usage, usageState: UsageState, flags: string[]): CostResult {
  return { nanoUsd: undefined, state: 'unknown', origin: 'none', usage, usageState, breakdown: {}, flags };
}

/** The cost of a call that was not billed. */
export function noCost(): CostResult {
  return { nanoUsd: 0, state: 'reported', origin: 'none', usage: emptyUsage(), breakdown: {}, flags: [] };
}
