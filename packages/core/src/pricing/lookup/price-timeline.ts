import type { ModelData, PeriodData, PriceData, TierData } from '../data/price-data.ts';
import type { PricePlan, PriceTier } from '../plan.ts';
import { ratesFromRow, scaleRates } from '../rates.ts';
import { isScheduled } from './schedule.ts';

/** The plans of one model in one variant over time. */
export interface Timeline {
  readonly spans: readonly { readonly period: PeriodData; readonly plan: PricePlan }[];
}

/** The plan that applies at `at` (epoch ms); undefined where the variant was not sold then. */
export function planAt(timeline: Timeline, at: number): PricePlan | undefined {
  for (const { period, plan } of timeline.spans) {
    if (period.from !== undefined && at < period.from * 1000) continue;
    if (period.until !== undefined && at >= period.until * 1000) continue;
    if (period.schedule === undefined || isScheduled(period.schedule, at)) return plan;
  }
  return undefined;
}

/** What is the same in all plans of a timeline. */
export interface TimelineFacts {
  data: PriceData;
  provider: string;
  model: ModelData;
  variant: string;
  origin: PricePlan['origin'];
}

/** All plans of a model in a variant; undefined where a period does not sell it. */
export function buildTimeline(facts: TimelineFacts): Timeline | undefined {
  const { data, provider, model, variant } = facts;
  const spans = [];
  for (const period of model.prices) {
    const tiers = period.tiers.map((tier) => buildTier(data, tier, variant));
    if (tiers.includes(undefined)) continue;
    const since = period.from === undefined ? '' : `@${new Date(period.from * 1000).toISOString().slice(0, 10)}`;
    const plan: PricePlan = {
      id: `${provider}/${model.id}${variant === '' ? '' : `[${variant}]`}${since}`,
      provider,
      model: model.id,
      version: data.version,
      origin: facts.origin,
      tiers: tiers as PriceTier[],
      fees: period.fees === undefined ? {} : data.fees[period.fees]!,
      maxOutput: model.max_output,
    };
    spans.push({ period, plan });
  }
  return spans.length === 0 ? undefined : { spans };
}

/** A plan that applies at any time. */
export function always(plan: PricePlan): Timeline {
  return { spans: [{ period: { tiers: [] }, plan }] };
}

/** The names of all variants that a model is sold in. */
export function variantsOf(model: ModelData): string[] {
  return [...new Set(model.prices.flatMap((period) => period.tiers.flatMap((tier) => Object.keys(tier.rates))))];
}

/** The same plans with every rate and fee times `factor`, as the user's own price. */
export function scaleTimeline(timeline: Timeline, factor: number): Timeline {
  return {
    spans: timeline.spans.map(({ period, plan }) => ({
      period,
      plan: {
        ...plan,
        origin: 'user',
        tiers: plan.tiers.map(({ over, rates }) => ({ over, rates: scaleRates(rates, factor) })),
        fees: Object.fromEntries(Object.entries(plan.fees).map(([unit, fee]) => [unit, Math.round(fee * factor)])),
      },
    })),
  };
}

function buildTier(data: PriceData, tier: TierData, variant: string): PriceTier | undefined {
  const row = tier.rates[variant];
  return row === undefined ? undefined : { over: tier.over, rates: ratesFromRow(data.rates[row]!) };
}
