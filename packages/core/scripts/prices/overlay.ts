import type { ScheduleData } from '../../src/pricing/data/price-data.ts';
import type { DraftModel, DraftPeriod, DraftProvider, DraftTier, DraftVariant, Usd } from './draft.ts';

/** What one entry of the overlay says of the models that it names. Later entries win over earlier ones. */
export interface OverlayEntry {
  /** Ids as in the catalogue; `*` at the end stands for anything. */
  models: string[];
  /** Ids that a pattern does not mean. */
  not?: string[] | undefined;
  /** Where the figures are from. One that nobody has read begins with `unverified: `, and then there is no date. */
  source: string;
  /** The day on which the source was read. */
  checked?: string | undefined;
  note?: string | undefined;
  /** Lists a model that the catalogue does not have. */
  add?: boolean | undefined;
  aliases?: string[] | undefined;
  maxOutput?: number | undefined;
  /** Replaces the whole price history. */
  prices?: OverlayPeriod[] | undefined;
  /** Corrects single rates in every period and tier. */
  set?: Usd | undefined;
  /** Derives rates that are not listed, as a factor on input. */
  timesInput?: Usd | undefined;
  /** Corrects where a tier begins: old → new. */
  tierStart?: Record<string, number> | undefined;
  fees?: Record<string, number> | undefined;
  variants?: DraftVariant[] | undefined;
}

export interface OverlayPeriod {
  from?: string | undefined;
  until?: string | undefined;
  schedule?: ScheduleData | undefined;
  usd: Usd;
  /** Rates above a prompt size: rates of their own, or factors on the first tier. */
  above?: { over: number; usd?: Usd | undefined; times?: { input: number; output: number } | undefined } | undefined;
  fees?: Record<string, number> | undefined;
}

export interface Overlay {
  provider: string;
  names?: string[] | undefined;
  hosts?: [string, string][] | undefined;
  prefixes?: string[] | undefined;
  words?: Record<string, string> | undefined;
  fallback?: string[] | undefined;
  free?: boolean | undefined;
  entries: OverlayEntry[];
}

/** Puts an overlay on top of the provider's drafts, in place. Throws on an entry that names no model: it is out of date. */
export function applyOverlay(providers: DraftProvider[], overlay: Overlay): void {
  let provider = providers.find(({ id }) => id === overlay.provider);
  if (provider === undefined) {
    provider = { id: overlay.provider, names: [], hosts: [], words: {}, fallback: [], models: [] };
    providers.push(provider);
  }
  provider.names = overlay.names ?? provider.names;
  provider.hosts = overlay.hosts ?? provider.hosts;
  provider.prefixes = overlay.prefixes;
  provider.words = overlay.words ?? provider.words;
  provider.fallback = overlay.fallback ?? provider.fallback;
  provider.free = overlay.free;
  for (const entry of overlay.entries) applyEntry(provider, entry);
}

function applyEntry(provider: DraftProvider, entry: OverlayEntry): void {
  if (isUnverified(entry) === (entry.checked !== undefined)) {
    throw new Error(
      `${provider.id}: ${entry.models.join(', ')} needs a day on which its source was read, or "unverified: …"`,
    );
  }
  if (entry.add === true) {
    for (const id of entry.models) {
      if (provider.models.some((model) => model.id === id))
        throw new Error(`${provider.id}/${id} is in the catalogue now`);
      provider.models.push({ id, aliases: new Set(), periods: [], variants: [], unverified: new Set() });
    }
  }
  const models = provider.models.filter(({ id }) => names(entry.models, id) && !names(entry.not ?? [], id));
  if (models.length === 0) throw new Error(`${provider.id}: no model is named by ${entry.models.join(', ')}`);
  for (const model of models) changeModel(model, entry);
  for (const alias of entry.aliases ?? []) {
    for (const other of provider.models) if (!models.includes(other)) other.aliases.delete(alias);
  }
}

function names(patterns: readonly string[], id: string): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern));
}

function isUnverified(entry: OverlayEntry): boolean {
  return entry.source.startsWith('unverified: ');
}

/** What an entry says of a model, by the names of FORMAT.md: fields, kinds of tokens, units and variants. */
function partsOf(entry: OverlayEntry): string[] {
  const kinds = Object.keys({ ...entry.set, ...entry.timesInput });
  return [
    ...(entry.prices === undefined ? [] : ['prices']),
    ...(entry.aliases === undefined ? [] : ['aliases']),
    ...(entry.maxOutput === undefined ? [] : ['max_output']),
    ...(entry.tierStart === undefined ? [] : ['tiers']),
    ...kinds.map((kind) => kind.replaceAll(/[A-Z]|\d/g, (letter) => `_${letter.toLowerCase()}`)),
    ...Object.keys(entry.fees ?? {}),
    ...(entry.variants ?? []).map(({ name }) => name),
  ];
}

function changeModel(model: DraftModel, entry: OverlayEntry): void {
  for (const part of partsOf(entry)) {
    if (isUnverified(entry)) model.unverified.add(part);
    else model.unverified.delete(part);
  }
  for (const alias of entry.aliases ?? []) model.aliases.add(alias);
  model.maxOutput = entry.maxOutput ?? model.maxOutput;
  if (entry.prices !== undefined) model.periods = entry.prices.map(readPeriod);
  for (const period of model.periods) changePeriod(period, entry);
  for (const variant of entry.variants ?? []) {
    model.variants = model.variants.filter((known) => known.name !== variant.name || isDated(known, variant));
    model.variants.push(variant);
  }
}

function isDated(known: DraftVariant, variant: DraftVariant): boolean {
  return known.from !== variant.from || known.until !== variant.until;
}

function changePeriod(period: DraftPeriod, entry: OverlayEntry): void {
  Object.assign(period.fees, entry.fees);
  for (const tier of period.tiers) {
    Object.assign(tier.usd, entry.set);
    tier.over = entry.tierStart?.[String(tier.over)] ?? tier.over;
    for (const [kind, factor] of Object.entries(entry.timesInput ?? {})) {
      const rate = kind as keyof Usd;
      tier.usd[rate] ??= (tier.usd.input ?? 0) * (factor ?? 0);
    }
  }
}

function readPeriod(period: OverlayPeriod): DraftPeriod {
  const { usd, above, fees, ...dates } = period;
  const tiers: DraftTier[] = [{ over: 0, usd: { ...usd } }];
  if (above !== undefined) tiers.push({ over: above.over, usd: { ...timesKinds(usd, above.times), ...above.usd } });
  return { ...dates, tiers, fees: { ...fees } };
}

function timesKinds(usd: Usd, times: { input: number; output: number } = { input: 1, output: 1 }): Usd {
  const isOutput = new Set(['output', 'reasoning', 'audioOut', 'imageOut']);
  return Object.fromEntries(
    Object.entries(usd).map(([kind, rate]) => [kind, (rate ?? 0) * (isOutput.has(kind) ? times.output : times.input)]),
  );
}
