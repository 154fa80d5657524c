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

/** Rates that may be given by hand: all but `input` and `output` follow from those two when left out. */
export type PartialRates = { -readonly [K in keyof Rates]?: number | undefined };

/** Fills the kinds that are not given from their nearest kin, so that no token is ever free by omission. */
export function completeRates(given: PartialRates): Rates {
  const input = given.input ?? 0;
  const output = given.output ?? 0;
  const cacheRead = given.cacheRead ?? input;
  const cacheWrite5m = given.cacheWrite5m ?? input;
  return {
    input,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h: given.cacheWrite1h ?? cacheWrite5m,
    output,
    reasoning: given.reasoning ?? output,
    audioIn: given.audioIn ?? input,
    audioCacheRead: given.audioCacheRead ?? given.audioIn ?? cacheRead,
    audioOut: given.audioOut ?? output,
    imageIn: given.imageIn ?? input,
    imageOut: given.imageOut ?? output,
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
