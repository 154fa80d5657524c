import type { PricePlan } from './plan.ts';
import type { PlanFor } from './price.ts';
import type { PriceQuery } from './price-query.ts';
import type { PriceTable } from './price-table.ts';

/**
 * Finds the plans of the models that a call passes work on to, at its own moment and tier: listed prices only, as a cost
 * needs them. `''` is the call's own model, whose plan is `own`.
 */
export function listedParts(table: PriceTable, query: PriceQuery, own: PricePlan): PlanFor {
  return (model) => (model === '' ? own : table.lookup({ ...query, model }));
}

/** The same, with what a budget may assume of a model that has no price. */
export function assumedParts(table: PriceTable, query: PriceQuery, own: PricePlan): PlanFor {
  return (model) => (model === '' ? own : table.assume({ ...query, model }));
}
