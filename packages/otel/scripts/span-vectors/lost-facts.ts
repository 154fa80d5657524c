import type { CostResult } from '@tollgate/core';
import type { VectorCall } from './call-of-vector.ts';
import type { PriceVector } from './price-vector.ts';

/** A fact that decides a price and has no attribute, and where a call has it. */
const LOST: Record<string, (cost: CostResult, vector: PriceVector, call: VectorCall) => boolean> = {
  no_provider_cost: (cost) => cost.origin === 'provider',
  no_sub_calls: ({ usage }) => usage.subCalls.length > 0,
  no_service_tier: (_cost, { context }, { details }) => context?.api === 'batch' && details.serviceTier === undefined,
};

/** Why the price of a call does not follow from its span's attributes; empty where it does. */
export function lostFacts(vector: PriceVector, call: VectorCall): string[] {
  const reasons = Object.entries(LOST).filter(([, isLost]) => isLost(call.record.cost, vector, call));
  return reasons.map(([reason]) => reason);
}
