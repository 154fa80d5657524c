import { dearestOf, familyOf } from './dearest-of-family.ts';
import type { ModelData, PriceData } from '../data/price-data.ts';
import { hostOf } from './host-of-url.ts';
import type { PricePlan } from '../plan.ts';
import type { PriceQuery, Unpriced } from '../price-query.ts';
import { ProviderIndex } from './provider-index.ts';
import { completeRates } from '../rates.ts';
import { always, buildTimeline, type Timeline, variantsOf } from './price-timeline.ts';

/** One set of price data, indexed provider by provider as they are asked for. */
export class PriceLayer {
  readonly data: PriceData;
  readonly #origin: PricePlan['origin'];
  readonly #names = new Map<string, number>();
  readonly #indexes: (ProviderIndex | undefined)[] = [];

  constructor(data: PriceData, origin: PricePlan['origin']) {
    this.data = data;
    this.#origin = origin;
    for (const [position, provider] of data.providers.entries()) {
      for (const name of [provider.id, ...(provider.names ?? [])]) this.#names.set(name, position);
    }
  }

  /** By any of its names; `openai.responses` is `openai` where only that is listed. */
  provider(name: string): ProviderIndex | undefined {
    let known = name.trim().toLowerCase();
    let position = this.#names.get(known);
    while (position === undefined && known.includes('.')) {
      known = known.slice(0, known.lastIndexOf('.'));
      position = this.#names.get(known);
    }
    if (position === undefined) return undefined;
    return (this.#indexes[position] ??= new ProviderIndex(this.data.providers[position]!));
  }

  find(query: PriceQuery): Timeline | Unpriced {
    const called = this.provider(query.provider);
    if (called === undefined) return 'no_provider';
    if (called.data.free === true) return this.#free(called, query.model);
    const hostGeo = query.baseUrl === undefined ? undefined : called.geoOfHost(hostOf(query.baseUrl));
    for (const index of this.#withFallbacks(called)) {
      const model = index.find(query.model);
      if (model === undefined) continue;
      const variant = soldAs(model, index, query, query.geo ?? hostGeo);
      return (variant === undefined ? undefined : this.#timeline(index, model, variant)) ?? 'tier_unknown';
    }
    return 'unknown_model';
  }

  /** The dearest variant of the model, else the dearest model of its family, else of the provider that is called. */
  dearest(query: PriceQuery): PricePlan | undefined {
    const called = this.provider(query.provider);
    if (called === undefined) return undefined;
    if (query.baseUrl !== undefined && called.geoOfHost(hostOf(query.baseUrl)) === undefined) return undefined;
    const indexes = this.#withFallbacks(called);
    const listed = indexes.find((index) => index.find(query.model) !== undefined);
    if (listed !== undefined) {
      const model = listed.find(query.model)!;
      const variants = variantsOf(model).map((variant) => this.#timeline(listed, model, variant));
      return dearestOf(variants, query.at);
    }
    const all = indexes.flatMap((index) => index.data.models.map((model) => ({ index, id: model.id, model })));
    const family = familyOf(query.model, all);
    return dearestOf(
      family.map(({ index, model }) => this.#timeline(index, model, '')),
      query.at,
    );
  }

  #withFallbacks(called: ProviderIndex): ProviderIndex[] {
    const fallbacks = (called.data.fallback ?? []).map((name) => this.provider(name));
    return [called, ...fallbacks.filter((index) => index !== undefined)];
  }

  #free(index: ProviderIndex, id: string): Timeline {
    const plan: PricePlan = {
      id: `${index.data.id}/${id}`,
      provider: index.data.id,
      model: id,
      version: this.data.version,
      origin: this.#origin,
      tiers: [{ over: 0, rates: completeRates({}) }],
      fees: {},
      maxOutput: undefined,
    };
    return always(plan);
  }

  #timeline(index: ProviderIndex, model: ModelData, variant: string): Timeline | undefined {
    return buildTimeline({ data: this.data, provider: index.data.id, model, variant, origin: this.#origin });
  }
}

/**
 * The variant that these words stand for among those that the model is sold in. A geography in which no variant of a
 * model is sold by name costs what it costs everywhere; a tier or a speed must be sold by name.
 */
function soldAs(
  model: ModelData,
  index: ProviderIndex,
  query: PriceQuery,
  geo: string | undefined,
): string | undefined {
  const sold = variantsOf(model);
  const wanted = index.variant(query.serviceTier, query.speed, geo);
  if (wanted === undefined || sold.includes(wanted)) return wanted;
  const place = index.variant(undefined, undefined, geo)!;
  if (place === '' || sold.some((variant) => variant.split('+').includes(place))) return undefined;
  const anywhere = index.variant(query.serviceTier, query.speed, undefined)!;
  return sold.includes(anywhere) ? anywhere : undefined;
}
