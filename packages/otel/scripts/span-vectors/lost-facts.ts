import type { CostResult } from '@tollgate/core';
import type { VectorCall } from './call-of-vector.ts';
import type { PriceVector } from './price-vector.ts';

/** A fact that decides a price and has no attribute, and where a call has it. */
const LOST: Record<string, (cost: CostResult, vector: PriceVector, call: VectorCall) => boolean> = {
  no_provider_cost: (cost) => cost.origin === 'provider',
  no_cache_split: ({ usage }) => usage.cacheWrite1h > 0,
  no_audio_seconds: ({ usage }) => usage.audioSeconds > 0,
  no_tool_count: ({ usage }) => Object.keys(usage.tools).length > 0,
  no_sub_calls: ({ usage }) => usage.subCalls.length > 0,
  no_service_tier: (_cost, { context }, { details }) => context?.api === 'batch' && details.serviceTier === undefined,
  no_speed: (_cost, { usage }) => usage['speed'] !== undefined && usage['speed'] !== 'standard',
};

/** Why the price of a call does not follow from its span's standard attributes; empty where it does. */
export function lostFacts(vector: PriceVector, call: VectorCall): string[] {
  const reasons = Object.entries(LOST).filter(([, isLost]) => isLost(call.record.cost, vector, call));
  return reasons.map(([reason]) => reason);
}
