import {
  type ConditionalPrice,
  type MatchLogic,
  type ModelInfo,
  type ModelPrice,
  type Provider,
  type TieredPrices,
  waitForUpdate,
} from '@pydantic/genai-prices';
import type { Rates } from '../../src/pricing/rates.ts';
import type { DraftModel, DraftPeriod, DraftProvider, DraftTier } from './draft.ts';

const RATE_KEYS: Record<string, keyof Rates> = {
  input_mtok: 'input',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite5m',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_mtok: 'output',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'audioIn',
  cache_audio_read_mtok: 'audioCacheRead',
  output_audio_mtok: 'audioOut',
  input_image_mtok: 'imageIn',
  output_image_mtok: 'imageOut',
};

const FEE_KEYS: Record<string, [unit: string, per: number]> = {
  web_searches_kcount: ['web_search', 1000],
  storage_searches_kcount: ['file_search', 1000],
  social_searches_kcount: ['x_search', 1000],
  rerank_searches_kcount: ['rerank', 1000],
  requests_kcount: ['request', 1000],
  audio_hours: ['audio_second', 3600],
  input_audio_hours: ['audio_second', 3600],
  input_document_kpages: ['page', 1000],
  input_annotated_document_kpages: ['annotated_page', 1000],
};

/** Prices of what no usage reader reports. */
const UNREAD_KEYS = new Set([
  'input_video_mtok',
  'output_video_mtok',
  'cache_image_read_mtok',
  'output_citation_mtok',
  'input_text_messages_kcount',
]);

/** The default catalogue as drafts. Throws on a price key that it does not know, so that none is dropped silently. */
export async function readCatalogue(): Promise<DraftProvider[]> {
  const providers = (await waitForUpdate()) ?? [];
  return providers.map(readProvider);
}

function readProvider(provider: Provider): DraftProvider {
  return {
    id: provider.id,
    names: [],
    hosts: [],
    words: {},
    fallback: provider.fallback_model_providers ?? [],
    models: provider.models.map(readModel),
  };
}

function readModel(model: ModelInfo): DraftModel {
  const aliases = new Set(idsOf(model.match).map((id) => id.toLowerCase()));
  aliases.delete(model.id.toLowerCase());
  return {
    id: model.id.toLowerCase(),
    aliases,
    periods: readPeriods(model.prices),
    variants: [],
    unverified: new Set(),
  };
}

/** The ids that a matcher names. What follows a date or a version is left to the look-up; regular expressions stand for such. */
function idsOf(match: MatchLogic): string[] {
  if ('or' in match) return match.or.flatMap(idsOf);
  if ('and' in match) return match.and.flatMap(idsOf);
  if ('equals' in match) return [match.equals];
  if ('starts_with' in match) return [withoutOpenEnd(match.starts_with)];
  if ('contains' in match) return [withoutOpenEnd(match.contains)];
  if ('ends_with' in match) return [match.ends_with];
  return [];
}

/** `ft:gpt-4o-2024-` → `ft:gpt-4o`: beginnings that end within a date, or within a version of Bedrock, end before it. */
function withoutOpenEnd(beginning: string): string {
  return beginning.replace(/(?:-20\d\d)?[-@]?$/, '').replace(/(\..*)-v\d*$/, '$1');
}

/** The catalogue's last matching condition wins; ours is the first. */
function readPeriods(prices: ConditionalPrice[] | ModelPrice): DraftPeriod[] {
  if (!Array.isArray(prices)) return [readPeriod(prices)];
  return prices
    .map(({ constraint, prices: price }, index) => {
      const period = readPeriod(price);
      if (index === 0 || constraint === undefined) return period;
      if (constraint.type === 'start_date') return { ...period, from: constraint.start_date };
      const hours: [number, number] = [hourOf(constraint.start_time), hourOf(constraint.end_time)];
      return { ...period, schedule: { hours: [hours] } };
    })
    .toReversed();
}

function hourOf(time: string): number {
  const [hour, minute] = time.split(':');
  return Number(hour) + Number(minute) / 60;
}

function readPeriod(price: ModelPrice): DraftPeriod {
  const starts = new Set<number>([0]);
  const fees: Record<string, number> = {};
  const rates: [keyof Rates, number | TieredPrices][] = [];
  for (const [key, value] of Object.entries(price)) {
    if (value === undefined || UNREAD_KEYS.has(key)) continue;
    const rate = RATE_KEYS[key];
    const fee = FEE_KEYS[key];
    if (rate !== undefined) rates.push([rate, value]);
    else if (fee !== undefined && typeof value === 'number') fees[fee[0]] = value / fee[1];
    else throw new Error(`The catalogue has a price of a kind that is not read: ${key}`);
    if (typeof value !== 'number') for (const tier of value.tiers) starts.add(tier.start);
  }
  const tiers = [...starts]
    .toSorted((a, b) => a - b)
    .map((over): DraftTier => {
      return { over, usd: Object.fromEntries(rates.map(([rate, value]) => [rate, priceAbove(value, over)])) };
    });
  return { tiers, fees };
}

function priceAbove(value: number | TieredPrices, over: number): number {
  if (typeof value === 'number') return value;
  return value.tiers.findLast((tier) => tier.start <= over)?.price ?? value.base;
}
