import type { OwnPrice, UsdPerMillion } from './override.ts';
import type { PricePlan } from '../plan.ts';
import { completeRates, type PartialRates } from '../rates.ts';

/** The plan of a price that the user has given. Rates are rounded to whole pico-USD. */
export function ownPlan(rule: OwnPrice, provider: string): PricePlan {
  const fees: Record<string, number> = {};
  if (rule.usdPerCall !== undefined) fees['request'] = usdToPico(rule.usdPerCall);
  for (const [tool, usd] of Object.entries(rule.usdPerTool ?? {})) fees[tool] = usdToPico(usd);
  return {
    id: `user:${rule.model}`,
    provider,
    model: rule.model,
    version: 'user',
    origin: 'user',
    tiers: [{ over: 0, rates: completeRates(perToken(rule.usdPerMillion ?? {})) }],
    fees,
    maxOutput: rule.maxOutput,
  };
}

function perToken(usd: UsdPerMillion): PartialRates {
  const rates: PartialRates = {};
  for (const kind in usd) {
    const price = usd[kind as keyof UsdPerMillion];
    if (price !== undefined) rates[kind as keyof UsdPerMillion] = Math.round(price * 1e6);
  }
  return rates;
}

function usdToPico(usd: number): number {
  return Math.round(usd * 1e12);
}
