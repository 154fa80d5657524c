import { nanoToUsd, type Measures, type Standing } from '@tollgate/core';

/** What a budget counts, as a label. */
export type Unit = 'usd' | 'tokens' | 'calls';

const READ: { readonly [U in Unit]: (amounts: Measures) => number | undefined } = {
  usd: ({ nanoUsd }) => (nanoUsd === undefined ? undefined : nanoToUsd(nanoUsd)),
  tokens: ({ tokens }) => tokens,
  calls: ({ calls }) => calls,
};

/** All units, in the order in which they are shown. */
export const UNITS: readonly Unit[] = ['usd', 'tokens', 'calls'];

/** One amount in its unit; undefined where it is not counted. */
export function amountIn(unit: Unit, amounts: Measures): number | undefined {
  return READ[unit](amounts);
}

/** The unit in which an account is fullest, and how full: spent by limit. A limit of 0 is full. */
export function fullest(limit: Measures, spent: Measures): { unit: Unit; ratio: number } | undefined {
  let best: { unit: Unit; ratio: number } | undefined;
  for (const unit of UNITS) {
    const most = amountIn(unit, limit);
    if (most === undefined) continue;
    const ratio = most === 0 ? 1 : (amountIn(unit, spent) ?? 0) / most;
    if (best === undefined || ratio > best.ratio) best = { unit, ratio };
  }
  return best;
}

/** Spent by limit of an account, in the unit in which it is fullest; 0 where nothing is limited. */
export function ratioOf({ limit, spent }: Standing): number {
  return fullest(limit, spent)?.ratio ?? 0;
}
