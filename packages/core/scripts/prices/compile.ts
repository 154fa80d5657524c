import {
  RATE_KINDS,
  type ModelData,
  type PeriodData,
  type PriceData,
  type ProviderData,
} from '../../src/pricing/data/price-data.ts';
import { completeRates, type PartialRates, rowFromRates } from '../../src/pricing/rates.ts';
import type { DraftModel, DraftProvider, DraftVariant, Usd } from './draft.ts';
import { splitPeriods } from './split-periods.ts';

/** What the compiled table is called, and the prices that may be rounded because they are no whole pico-USD. */
export interface CompileOptions {
  version: string;
  notice: string;
  /** `provider/model` → why its price is not whole. */
  rounded: Record<string, string>;
}

/** Words by which any provider may call what is standard. */
const PLAIN_WORDS: Record<string, string> = { default: '', standard: '', auto: '', on_demand: '', global: '' };

/** Drafts in USD → a table in whole pico-USD, every row complete, equal rows kept once. Throws on a fraction. */
export function compileTable(providers: readonly DraftProvider[], options: CompileOptions): PriceData {
  const rates = new Rows<number[]>();
  const fees = new Rows<Record<string, number>>();
  const unused = new Set(Object.keys(options.rounded));
  const compiled = providers.map((provider): ProviderData => {
    const models = provider.models.map((model) => {
      const name = `${provider.id}/${model.id}`;
      unused.delete(name);
      return compileModel(model, new Pico(name, name in options.rounded), rates, fees);
    });
    return {
      id: provider.id,
      ...(provider.names.length > 0 && { names: provider.names }),
      ...(provider.hosts.length > 0 && { hosts: provider.hosts }),
      ...(provider.prefixes && { prefixes: provider.prefixes }),
      words: { ...PLAIN_WORDS, ...provider.words },
      ...(provider.fallback.length > 0 && { fallback: provider.fallback }),
      ...(provider.free && { free: true }),
      models,
    };
  });
  if (unused.size > 0) throw new Error(`No such model to round: ${[...unused].join(', ')}`);
  const { version, notice } = options;
  const timestamp = Date.parse(version) / 1000;
  return {
    format: 1,
    version,
    timestamp,
    notice,
    kinds: [...RATE_KINDS],
    rates: rates.all,
    fees: fees.all,
    providers: compiled,
  };
}

function compileModel(
  model: DraftModel,
  pico: Pico,
  rates: Rows<number[]>,
  fees: Rows<Record<string, number>>,
): ModelData {
  const prices = splitPeriods(model).map(({ period, variants }): PeriodData => {
    const units = Object.fromEntries(Object.entries(period.fees).map(([unit, usd]) => [unit, pico.of(usd * 1e12)]));
    return {
      ...(period.from !== undefined && { from: unixSeconds(period.from) }),
      ...(period.until !== undefined && { until: unixSeconds(period.until) }),
      ...(period.schedule && { schedule: period.schedule }),
      tiers: period.tiers.map((tier) => ({ over: tier.over, rates: compileTier(tier.usd, variants, pico, rates) })),
      ...(Object.keys(units).length > 0 && { fees: fees.add(units) }),
    };
  });
  const aliases = [...model.aliases].toSorted();
  return {
    id: model.id,
    ...(aliases.length > 0 && { aliases }),
    ...(model.maxOutput !== undefined && { max_output: model.maxOutput }),
    ...(model.unverified.size > 0 && { unverified: [...model.unverified].toSorted() }),
    prices,
  };
}

function compileTier(
  usd: Usd,
  variants: readonly DraftVariant[],
  pico: Pico,
  rows: Rows<number[]>,
): Record<string, number> {
  const standard = scaled(usd, 1, pico);
  const ways = new Map<string, PartialRates>([['', standard]]);
  for (const variant of variants) {
    if (variant.geo === true) continue;
    ways.set(variant.name, { ...scaled(usd, variant.factor ?? 1, pico), ...scaled(variant.usd ?? {}, 1, pico) });
  }
  const places = variants.filter((variant) => variant.geo === true);
  const rates: Record<string, number> = {};
  for (const [name, way] of ways) {
    const complete = rowFromRates(completeRates(way));
    rates[name] = rows.add(complete);
    for (const place of places) {
      const key = name === '' ? place.name : `${name}+${place.name}`;
      rates[key] = rows.add(complete.map((rate) => pico.of(rate * (place.factor ?? 1))));
    }
  }
  return rates;
}

function scaled(usd: Usd, factor: number, pico: Pico): PartialRates {
  return Object.fromEntries(Object.entries(usd).map(([kind, price]) => [kind, pico.of((price ?? 0) * factor * 1e6)]));
}

function unixSeconds(instant: string): number {
  return Date.parse(instant) / 1000;
}

/** Brings prices to whole pico-USD: what is whole but for the error of binary fractions passes, anything else throws. */
class Pico {
  readonly #name: string;
  readonly #mayRound: boolean;

  constructor(name: string, mayRound: boolean) {
    this.#name = name;
    this.#mayRound = mayRound;
  }

  of(pico: number): number {
    const whole = Number(pico.toPrecision(12));
    if (Number.isInteger(whole)) return whole;
    if (!this.#mayRound) throw new Error(`${this.#name}: ${pico} pico-USD is a fraction`);
    return Math.round(pico);
  }
}

/** Rows that are kept once, by their place. */
class Rows<R> {
  readonly all: R[] = [];
  readonly #places = new Map<string, number>();

  add(row: R): number {
    const key = JSON.stringify(row);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.all.length);
    return this.all.push(row) - 1;
  }
}
