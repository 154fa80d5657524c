/** Amounts in the three units that a budget can limit. A unit that is left out is not known, which differs from zero. */
export interface Measures {
  nanoUsd?: number | undefined;
  /** Input, cached input included, and output. */
  tokens?: number | undefined;
  /** The part of `tokens` that came out of a cache; budgets with `count: 'uncached'` leave it out. */
  cachedTokens?: number | undefined;
  calls?: number | undefined;
}

/** The same three units with nothing left out: whole numbers, or Infinity for "no limit". */
export interface Amounts {
  nanoUsd: number;
  tokens: number;
  calls: number;
}

/** The units, in the order in which messages name them. */
export const UNITS: readonly (keyof Amounts)[] = ['nanoUsd', 'tokens', 'calls'];

/** The largest amount that one account may hold in any unit: beyond it a `number` no longer counts single units. */
export const MAX_AMOUNT = 9_000_000_000_000_000;

/** A whole number from 0 to `MAX_AMOUNT` out of whatever was said: fractions round up, nonsense (negative, NaN) is 0. */
export function wholeAmount(value: number | undefined): number {
  if (value === undefined || !(value > 0)) return 0;
  return value < MAX_AMOUNT ? Math.ceil(value) : MAX_AMOUNT;
}

const NOTHING: Readonly<Amounts> = Object.freeze({ nanoUsd: 0, tokens: 0, calls: 0 });

/** What `measures` says, with `otherwise` (default: 0) for what it leaves out. */
export function amountsOf(measures: Measures, otherwise: Readonly<Amounts> = NOTHING): Amounts {
  return {
    nanoUsd: wholeAmount(measures.nanoUsd ?? otherwise.nanoUsd),
    tokens: wholeAmount(measures.tokens ?? otherwise.tokens),
    calls: wholeAmount(measures.calls ?? otherwise.calls),
  };
}

/** Nothing of everything. */
export function noAmounts(): Amounts {
  return { nanoUsd: 0, tokens: 0, calls: 0 };
}

/** Adds `more` to `sum` in place. */
export function addAmounts(sum: Amounts, more: Amounts): void {
  sum.nanoUsd += more.nanoUsd;
  sum.tokens += more.tokens;
  sum.calls += more.calls;
}

/** Takes `less` from `sum` in place. */
export function takeAmounts(sum: Amounts, less: Amounts): void {
  sum.nanoUsd -= less.nanoUsd;
  sum.tokens -= less.tokens;
  sum.calls -= less.calls;
}

/** Whether `hold` is no more than `left`, in every unit. */
export function isWithin(hold: Readonly<Amounts>, left: Readonly<Amounts>): boolean {
  return hold.nanoUsd <= left.nanoUsd && hold.tokens <= left.tokens && hold.calls <= left.calls;
}
