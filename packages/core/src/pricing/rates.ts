/** One complete row of rates: integer pico-USD per token. Kinds that a model has no price for carry that of their nearest kin. */
export interface Rates {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly reasoning: number;
  readonly audioIn: number;
  readonly audioCacheRead: number;
  readonly audioOut: number;
  readonly imageIn: number;
  readonly imageOut: number;
}

/** The kinds of tokens that have a rate, as `Usage` and `Rates` name them. */
export const TOKEN_KINDS: readonly (keyof Rates)[] = [
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'reasoning',
  'audioIn',
  'audioCacheRead',
  'audioOut',
  'imageIn',
  'imageOut',
];

/** Rates that may be given by hand: all but `input` and `output` follow from those two when left out. */
export type PartialRates = { -readonly [K in keyof Rates]?: number | undefined };

/** Where a rate comes from that is not given, in the order in which they are filled. */
const KIN: readonly (readonly [kind: keyof Rates, kin: keyof Rates])[] = [
  ['cacheRead', 'input'],
  ['cacheWrite5m', 'input'],
  ['cacheWrite1h', 'cacheWrite5m'],
  ['reasoning', 'output'],
  ['audioCacheRead', 'audioIn'],
  ['audioCacheRead', 'cacheRead'],
  ['audioIn', 'input'],
  ['audioOut', 'output'],
  ['imageIn', 'input'],
  ['imageOut', 'output'],
];

/** Fills the kinds that are not given from their nearest kin, so that no token is ever free by omission. */
export function completeRates(given: PartialRates): Rates {
  const rates: PartialRates = { ...given };
  rates.input ??= 0;
  rates.output ??= 0;
  for (const [kind, kin] of KIN) rates[kind] ??= rates[kin];
  return sameShape(rates as Rates);
}

/** All rows have one shape, whatever order their kinds came in: that keeps pricing fast. */
function sameShape(rates: Rates): Rates {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = rates;
  const { audioIn, audioCacheRead, audioOut, imageIn, imageOut } = rates;
  return {
    input,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h,
    output,
    reasoning,
    audioIn,
    audioCacheRead,
    audioOut,
    imageIn,
    imageOut,
  };
}

/** A row of `prices.json` with names. Throws nothing: a short row is completed like a hand-written one. */
export function ratesFromRow(row: readonly number[]): Rates {
  return completeRates({
    input: row[0],
    cacheRead: row[1],
    cacheWrite5m: row[2],
    cacheWrite1h: row[3],
    output: row[4],
    reasoning: row[5],
    audioIn: row[6],
    audioCacheRead: row[7],
    audioOut: row[8],
    imageIn: row[9],
    imageOut: row[10],
  });
}

/** A row of `prices.json` from rates with names. */
export function rowFromRates(rates: Rates): number[] {
  return [
    rates.input,
    rates.cacheRead,
    rates.cacheWrite5m,
    rates.cacheWrite1h,
    rates.output,
    rates.reasoning,
    rates.audioIn,
    rates.audioCacheRead,
    rates.audioOut,
    rates.imageIn,
    rates.imageOut,
  ];
}

/** Every rate times `factor`, rounded to whole pico-USD. */
export function scaleRates(rates: Rates, factor: number): Rates {
  return ratesFromRow(rowFromRates(rates).map((rate) => Math.round(rate * factor)));
}
