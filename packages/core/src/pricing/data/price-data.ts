/** The kinds of tokens that have a rate, in the order in which a rate row of `prices.json` lists them. */
export const RATE_KINDS = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'output',
  'reasoning',
  'audio_in',
  'audio_cache_read',
  'audio_out',
  'image_in',
  'image_out',
] as const;

/** When a price applies besides its dates: UTC weekdays (1 = Monday), UTC hours `[from, to)`, and days that are excepted. */
export interface ScheduleData {
  days?: number[] | undefined;
  hours: [number, number][];
  except?: string[] | undefined;
}

/** Rates for prompts above `over` tokens; per variant (`''` is the standard one) an index into `PriceData.rates`. */
export interface TierData {
  over: number;
  rates: Record<string, number>;
}

/** What a model costs in one stretch of time. `from` and `until` are unix seconds, `fees` an index into `PriceData.fees`. */
export interface PeriodData {
  from?: number | undefined;
  until?: number | undefined;
  schedule?: ScheduleData | undefined;
  tiers: TierData[];
  fees?: number | undefined;
}

export interface ModelData {
  id: string;
  aliases?: string[] | undefined;
  /** The most output tokens that one answer can have. */
  max_output?: number | undefined;
  /** What of the model was taken from no source that anybody has read. Of no effect on any price. */
  unverified?: string[] | undefined;
  /** The first that applies counts. */
  prices: PeriodData[];
}

/** A provider's models, and the words in which it and others speak of itself, its service tiers and its regions. */
export interface ProviderData {
  id: string;
  names?: string[] | undefined;
  /** Host pattern and the geography that it stands for (`''` where it does not matter). */
  hosts?: [string, string][] | undefined;
  /** Beginnings of model ids that may be left out, such as `eu.` on Bedrock. */
  prefixes?: string[] | undefined;
  /** Words for service tiers, speeds and geographies → the part of a variant's name that they mean. */
  words?: Record<string, string> | undefined;
  /** Where to look for a model that is not listed here. */
  fallback?: string[] | undefined;
  /** Every model costs nothing: it runs on the user's own machine. */
  free?: boolean | undefined;
  models: ModelData[];
}

/** The price table as data: what `prices.json` holds. FORMAT.md describes it. */
export interface PriceData {
  format: 1;
  version: string;
  timestamp: number;
  notice?: string | undefined;
  kinds: string[];
  /** Integer pico-USD per token, in the order of `kinds`. */
  rates: number[][];
  /** Integer pico-USD per unit: a request to a tool, a second of audio, the call itself (`request`). */
  fees: Record<string, number>[];
  providers: ProviderData[];
}

/** True for parsed JSON that claims to be a price table. What is inside, `checkPriceData` tells. */
export function isPriceData(input: unknown): input is PriceData {
  if (typeof input !== 'object' || input === null) return false;
  const data = input as Partial<PriceData>;
  return data.format === 1 && Array.isArray(data.rates) && Array.isArray(data.fees) && Array.isArray(data.providers);
}
