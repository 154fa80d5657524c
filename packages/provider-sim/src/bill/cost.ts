import { promptTokensOf, type BilledUsage } from './billed-usage.ts';
import type { Mode, Price, PriceList, Rates } from './price-list.ts';

/** A price with its figures as integers, found under `id`. */
export interface Tariff {
  id: string;
  rates: PicoRates;
  above?: { promptTokens: number; rates: PicoRates };
  modes: Partial<Record<Mode, PicoRates>>;
}

/** Pico-USD per unit: 10¹² are one USD, and 1,000,000 are one USD per million units. */
type PicoRates = Record<keyof BilledUsage, bigint>;

/** Looks a model up, first as it is, then without the date at its end; undefined when the list has neither. */
export function tariffOf(model: string, prices: PriceList): Tariff | undefined {
  const id = model in prices ? model : model.replace(/-(\d{4}-\d{2}-\d{2}|\d{8})$/, '');
  const price = prices[id];
  return price === undefined ? undefined : tariff(id, price);
}

/**
 * Integer nano-USD of a usage, rounded once, half up: 1 token at 0.15 USD per million is 150 nano-USD, 1 token at 0.0375 is 38 (37.5),
 * 10 of those are 375.
 */
export function costOfUsage(usage: BilledUsage, { rates, above, modes }: Tariff, mode?: Mode): number {
  const long = above !== undefined && promptTokensOf(usage) > above.promptTokens;
  const chosen = (mode && modes[mode]) ?? (long ? above.rates : rates);
  let sum = 0n;
  for (const kind of Object.keys(usage) as (keyof BilledUsage)[]) sum += BigInt(usage[kind]) * chosen[kind];
  return Number((sum + 500n) / 1000n);
}

function tariff(id: string, price: Price): Tariff {
  const modes: Tariff['modes'] = {};
  for (const [mode, rates] of Object.entries(price.modes ?? {}) as [Mode, Rates][]) modes[mode] = picoRates(rates);
  const { above } = price;
  return {
    id,
    rates: picoRates(price),
    modes,
    ...(above && { above: { promptTokens: above.promptTokens, rates: picoRates(above.rates) } }),
  };
}

function picoRates(rates: Rates): PicoRates {
  const input = pico(rates.input);
  const output = pico(rates.output ?? '0');
  const orInput = (rate: string | undefined): bigint => (rate === undefined ? input : pico(rate));
  const orOutput = (rate: string | undefined): bigint => (rate === undefined ? output : pico(rate));
  return {
    input,
    cacheRead: orInput(rates.cacheRead),
    cacheWrite5m: orInput(rates.cacheWrite5m),
    cacheWrite1h: orInput(rates.cacheWrite1h),
    audioIn: orInput(rates.audioIn),
    imageIn: orInput(rates.imageIn),
    audioSeconds: pico(rates.audioSeconds ?? '0'),
    reasoning: output,
    output,
    audioOut: orOutput(rates.audioOut),
    imageOut: orOutput(rates.imageOut),
    webSearches: pico(rates.webSearches ?? '0'),
  };
}

/** '0.075' USD per million is 75,000 pico-USD each. Throws for a figure that is finer than one pico-USD. */
function pico(usdPerMillion: string): bigint {
  const [whole = '', fraction = ''] = usdPerMillion.split('.');
  if (fraction.length > 6) throw new RangeError(`the price ${usdPerMillion} is finer than 0.000001 USD per million`);
  return BigInt(whole + fraction.padEnd(6, '0'));
}
