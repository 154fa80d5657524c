import type { Rates } from './rates.ts';

/** Rates that apply when the whole prompt, caches included, has more than `over` tokens. */
export interface PriceTier {
  readonly over: number;
  readonly rates: Rates;
}

/** All that is needed to price one call: what a look-up in the table gives. */
export interface PricePlan {
  /** Provider and model as listed, with variant and date: `openai/gpt-5.6-terra[flex]@2026-07-30`. */
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  /** The version of the table that it is from. */
  readonly version: string;
  readonly origin: 'table' | 'user';
  /** By rising `over`; the first always applies. */
  readonly tiers: readonly PriceTier[];
  /** Integer pico-USD per unit. */
  readonly fees: Readonly<Record<string, number>>;
  /** The most output tokens that one answer can have, where known. */
  readonly maxOutput: number | undefined;
}

/**
 * The rates for a prompt of this size. A limit of 272,000 leaves a prompt of exactly 272,000 tokens in the lower tier;
 * one token more prices the whole request, output included, at the higher one.
 */
export function ratesFor(plan: PricePlan, promptTokens: number): Rates {
  const tiers = plan.tiers;
  let index = tiers.length - 1;
  while (index > 0 && promptTokens <= tiers[index]!.over) index--;
  return tiers[index]!.rates;
}
