import type { PriceQuery } from '../pricing/price-query.ts';
import type { GateCall } from './gate-call.ts';

/** What the price table is asked for a call, by what its request says. */
export function callQuery({ provider, facts, startedAt, baseUrl }: GateCall): PriceQuery {
  const { model, serviceTier, speed, geo } = facts;
  return { provider, model, at: startedAt, serviceTier, speed, geo, baseUrl };
}
