import type { CostResult, UsageState } from './cost.ts';
import { listedParts } from './pricing/part-plans.ts';
import { priceUsage } from './pricing/price.ts';
import type { PriceQuery } from './pricing/price-query.ts';
import { PriceTable } from './pricing/price-table.ts';
import { soldAs } from './sold-as.ts';
import { anthropicServedModel } from './wire/usage/anthropic.ts';
import { readUsage } from './wire/usage/read-usage.ts';
import type { UsageReading } from './wire/usage/reading.ts';
import { servedAs } from './wire/usage/served-as.ts';
import type { PriceContext } from './wire/wire.ts';

/** A provider's raw usage object, and what its price depends on beside it. */
export interface CostQuery {
  /** By OpenTelemetry's name, the catalogue's or an SDK's. */
  provider: string;
  /** The model that answered. */
  model: string;
  /** The usage object as the provider sent it. */
  usage: unknown;
  /** The start of the request, epoch ms. Default: the day of the price table. */
  at?: number | undefined;
  /** What stands outside the usage object: `api`, `service_tier`, `base_url`, `tool_usage`, … */
  context?: PriceContext | undefined;
}

/** Flags that make a figure an estimate, though the provider reported usage. */
const GUESSES = new Set(['inconsistent_usage', 'no_cache_split', 'unpriced_part', 'fallback']);

/**
 * What a call cost: by the provider's own bill where it sends one, else by the price table (default: the built-in one).
 * Never throws; where there is no usage or no price, `nanoUsd` is undefined and a flag says why.
 */
export function costOf(query: CostQuery, table: PriceTable = builtInTable()): CostResult {
  const context = query.context ?? {};
  const reading = readUsage(query.provider, query.usage, context);
  const { usage, flags, present } = reading;
  const usageState = usageStateOf(reading);
  if (usage.reportedNanoUsd !== undefined) {
    const nanoUsd = usage.reportedNanoUsd;
    return { nanoUsd, state: 'reported', origin: 'provider', usage, usageState, breakdown: {}, flags };
  }
  const nothing = { nanoUsd: undefined, state: 'unknown', origin: 'none', usage, usageState, breakdown: {} } as const;
  if (!present) return { ...nothing, flags: [...flags, 'no_usage'] };
  const wanted = priceQuery(query, context, table);
  // Types do not bind those who call from JavaScript, or with what an answer happened to lack.
  if (typeof wanted.model !== 'string' || typeof wanted.provider !== 'string')
    return { ...nothing, flags: [...flags, 'unknown_model'] };
  const sold = soldAs(wanted);
  const plan = table.lookup(wanted);
  if (plan === undefined)
    return { ...nothing, soldAs: sold, flags: [...flags, table.explain(wanted) ?? 'unknown_model'] };
  const priced = priceUsage(usage, plan, listedParts(table, wanted, plan));
  const all = priced.flags.length === 0 ? flags : [...flags, ...priced.flags];
  if (priced.nanoUsd === undefined) return { ...nothing, soldAs: sold, flags: all };
  const { nanoUsd, breakdown } = priced;
  return {
    nanoUsd,
    state: stateOf(all),
    origin: plan.origin,
    usage,
    usageState,
    breakdown,
    price: { id: plan.id, version: plan.version },
    soldAs: sold,
    flags: all,
  };
}

/** The query that a table is asked for the price of a call: what the answer says of tier, speed and place included. */
export function priceQuery(query: CostQuery, context: PriceContext, table: PriceTable): PriceQuery {
  const { serviceTier, speed, geo } = servedAs(query.usage, context);
  const sdkProvider = context['ai_sdk_provider'];
  return {
    provider: typeof sdkProvider === 'string' ? sdkProvider : query.provider,
    model: anthropicServedModel(query.usage) ?? query.model,
    at: query.at ?? table.timestamp * 1000,
    serviceTier,
    speed,
    geo,
    baseUrl: typeof context.base_url === 'string' ? context.base_url : undefined,
  };
}

function usageStateOf({ flags, present }: UsageReading): UsageState {
  if (!present) return 'unknown';
  return flags.includes('inconsistent_usage') ? 'estimated' : 'reported';
}

function stateOf(flags: readonly string[]): UsageState {
  return flags.some((flag) => GUESSES.has(flag)) ? 'estimated' : 'reported';
}

let builtIn: PriceTable | undefined;

function builtInTable(): PriceTable {
  return (builtIn ??= PriceTable.builtIn());
}
