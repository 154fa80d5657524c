import { builtInPrices } from './data/built-in-prices.ts';
import type { PriceData } from './data/price-data.ts';
import { hostOf } from './lookup/host-of-url.ts';
import { mostSpecific, type OverrideTarget } from './overrides/match-override.ts';
import { isAlias, isDiscount, isOwnPrice, type PriceOverride } from './overrides/override.ts';
import { ownPlan } from './overrides/own-plan.ts';
import type { PricePlan } from './plan.ts';
import { PriceLayer } from './lookup/price-layer.ts';
import { isNoName } from './lookup/provider-index.ts';
import type { PriceQuery, Unpriced } from './price-query.ts';
import { always, planAt, scaleTimeline, type Timeline } from './lookup/price-timeline.ts';

/** What corrects the built-in prices: rules, and a table of the user's own that is asked first. */
export interface PriceOverrides {
  rules: readonly PriceOverride[];
  data?: PriceData | undefined;
}

/** More queries than any process has models; beyond it the memory starts anew, so that made-up names cannot fill it. */
const MEMO_LIMIT = 10_000;

/** Finds the price of a call. Immutable; a look-up that was made before costs some 50 ns. */
export class PriceTable {
  readonly #base: () => PriceLayer;
  readonly #own: PriceLayer | undefined;
  readonly #rules: readonly PriceOverride[];
  readonly #memo = new Map<string, Map<string, Map<string, Timeline | Unpriced>>>();
  readonly #assumed = new Map<string, PricePlan | undefined>();
  #remembered = 0;

  private constructor(base: () => PriceLayer, overrides: PriceOverrides | readonly PriceOverride[] = []) {
    const { rules, data }: PriceOverrides = 'rules' in overrides ? overrides : { rules: overrides };
    this.#base = base;
    this.#own = data === undefined ? undefined : new PriceLayer(data, 'user');
    this.#rules = rules;
  }

  /** The prices that come with this package, with the user's overrides on top. Costs nothing until a price is asked for. */
  static builtIn(overrides?: PriceOverrides | readonly PriceOverride[]): PriceTable {
    return new PriceTable(() => (builtInLayer ??= new PriceLayer(builtInPrices(), 'table')), overrides);
  }

  /** A table from data in the format of `prices.json`. */
  static from(data: PriceData, overrides?: PriceOverrides | readonly PriceOverride[]): PriceTable {
    const layer = new PriceLayer(data, 'table');
    return new PriceTable(() => layer, overrides);
  }

  /** Reads the data now, which the first look-up does otherwise: it takes some ten milliseconds. */
  read(): void {
    this.#layers();
  }

  /** The version of the data; of the user's own where there is one. */
  get version(): string {
    return this.#layers()[0]!.data.version;
  }

  /** When the data was compiled, in unix seconds. */
  get timestamp(): number {
    return this.#layers()[0]!.data.timestamp;
  }

  /** The plan for a call, or undefined where there is no price: then `explain` says why. */
  lookup(query: PriceQuery): PricePlan | undefined {
    const found = this.#timeline(query);
    return typeof found === 'string' ? undefined : planAt(found, query.at);
  }

  /** Why `lookup` gives nothing; undefined where it gives a plan. */
  explain(query: PriceQuery): Unpriced | undefined {
    const found = this.#timeline(query);
    if (typeof found === 'string') return found;
    return planAt(found, query.at) === undefined ? 'tier_unknown' : undefined;
  }

  /**
   * What a budget may assume where `lookup` gives nothing: the model's dearest variant, else the dearest listed model of
   * its family, else of its provider. Undefined for a provider or a host that is not listed.
   */
  assume(query: PriceQuery): PricePlan | undefined {
    const plan = this.lookup(query);
    if (plan !== undefined) return plan;
    if (isNoName(query.model)) return this.#dearest({ ...query, model: '' });
    const key = `${query.provider}\n${query.model}\n${query.baseUrl ?? ''}`;
    if (this.#assumed.has(key)) return this.#assumed.get(key);
    if (this.#assumed.size >= MEMO_LIMIT) this.#assumed.clear();
    const assumed = this.#dearest(query);
    this.#assumed.set(key, assumed);
    return assumed;
  }

  /** The geography that a base URL stands for at this provider; undefined where it says nothing. */
  geoOf(provider: string, baseUrl: string): string | undefined {
    const index = this.#layers()
      .find((layer) => layer.provider(provider) !== undefined)
      ?.provider(provider);
    const geo = index?.geoOfHost(hostOf(baseUrl));
    return geo === '' ? undefined : geo;
  }

  #layers(): PriceLayer[] {
    const base = this.#base();
    return this.#own === undefined ? [base] : [this.#own, base];
  }

  #dearest(query: PriceQuery): PricePlan | undefined {
    for (const layer of this.#layers()) {
      const dearest = layer.dearest(query);
      if (dearest !== undefined) return dearest;
    }
    return undefined;
  }

  #timeline(query: PriceQuery): Timeline | Unpriced {
    const { provider, model, serviceTier, speed, geo, baseUrl } = query;
    const plain = serviceTier === undefined && speed === undefined && geo === undefined && baseUrl === undefined;
    const variant = plain ? '' : `${serviceTier ?? ''}\n${speed ?? ''}\n${geo ?? ''}\n${baseUrl ?? ''}`;
    const known = this.#memo.get(provider)?.get(model)?.get(variant);
    if (known !== undefined) return known;
    const found = this.#resolve(query);
    this.#remember(provider, model, variant, found);
    return found;
  }

  #remember(provider: string, model: string, variant: string, found: Timeline | Unpriced): void {
    if (isNoName(model)) return;
    if (++this.#remembered > MEMO_LIMIT) {
      this.#memo.clear();
      this.#remembered = 1;
    }
    const models = this.#memo.get(provider) ?? new Map<string, Map<string, Timeline | Unpriced>>();
    const variants = models.get(model) ?? new Map<string, Timeline | Unpriced>();
    this.#memo.set(provider, models.set(model, variants.set(variant, found)));
  }

  #resolve(query: PriceQuery): Timeline | Unpriced {
    const target = { provider: this.#providerId(query.provider), model: query.model.trim().toLowerCase() };
    const own = this.#rule(isOwnPrice, target);
    if (own !== undefined) return always(ownPlan(own, target.provider));
    const alias = this.#rule(isAlias, target);
    const listed =
      alias === undefined ? query : { ...query, model: alias.model, provider: alias.modelProvider ?? query.provider };
    const found = this.#listed(listed);
    if (typeof found === 'string') return found;
    const factor = (alias?.factor ?? 1) * (this.#rule(isDiscount, target)?.factor ?? 1);
    return factor === 1 && alias === undefined ? found : scaleTimeline(found, factor);
  }

  #listed(query: PriceQuery): Timeline | Unpriced {
    let reason: Unpriced = 'no_provider';
    for (const layer of this.#layers()) {
      const found = layer.find(query);
      if (typeof found !== 'string') return found;
      if (reason === 'no_provider' || found === 'tier_unknown') reason = found;
    }
    return reason;
  }

  #rule<R extends PriceOverride>(is: (rule: PriceOverride) => rule is R, target: OverrideTarget): R | undefined {
    return mostSpecific(this.#rules.filter(is), target, (name) => this.#providerId(name));
  }

  #providerId(name: string): string {
    for (const layer of this.#layers()) {
      const index = layer.provider(name);
      if (index !== undefined) return index.data.id;
    }
    return name.toLowerCase();
  }
}

let builtInLayer: PriceLayer | undefined;
