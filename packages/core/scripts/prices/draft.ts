import type { PartialRates } from '../../src/pricing/rates.ts';
import type { ScheduleData } from '../../src/pricing/data/price-data.ts';

/** Rates as price pages list them: USD per million tokens. */
export type Usd = PartialRates;

export interface DraftTier {
  over: number;
  usd: Usd;
}

/** A way to buy a model's tokens other than the standard one: a factor on the standard rates, or rates of its own, or both. */
export interface DraftVariant {
  name: string;
  factor?: number | undefined;
  usd?: Usd | undefined;
  from?: string | undefined;
  until?: string | undefined;
  /** A geography: combines with every other variant. */
  geo?: boolean | undefined;
}

/** One stretch of time, from `from` (ISO date or instant) on. Fees are USD per unit. */
export interface DraftPeriod {
  from?: string | undefined;
  until?: string | undefined;
  schedule?: ScheduleData | undefined;
  tiers: DraftTier[];
  fees: Record<string, number>;
}

export interface DraftModel {
  id: string;
  aliases: Set<string>;
  maxOutput?: number | undefined;
  /** The first that applies counts. */
  periods: DraftPeriod[];
  variants: DraftVariant[];
  /** What of it was taken from no source that anybody has read, by the names of FORMAT.md. */
  unverified: Set<string>;
}

export interface DraftProvider {
  id: string;
  names: string[];
  hosts: [string, string][];
  prefixes?: string[] | undefined;
  words: Record<string, string>;
  fallback: string[];
  free?: boolean | undefined;
  models: DraftModel[];
}
