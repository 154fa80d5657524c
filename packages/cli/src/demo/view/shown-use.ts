import { formatUsd, type Dimension, type Standing } from '@tollgate/core';
import { limitUse, plural, type LimitUse } from '@tollgate/core/plugin';

/** How much of a limit is used, as it is shown. */
export interface ShownUse {
  /** Of the limit, 0 to above 1. */
  spent: number;
  reserved: number;
  /** `$0.0180 of $0.02` */
  words: string;
}

/** The use of a standing's limit, in the unit that is nearest to it. */
export function shownUse(standing: Pick<Standing, 'limit' | 'spent' | 'reserved'>): ShownUse {
  const use = limitUse(standing);
  if (use === undefined) return { spent: 0, reserved: 0, words: '' };
  const { unit, spent, reserved, limit, part } = use;
  return {
    spent: part,
    reserved: limit === 0 ? 1 : reserved / limit,
    words: `${amount(unit, spent)} of ${amount(unit, limit)}`,
  };
}

function amount(unit: LimitUse['unit'], value: number): string {
  return unit === 'nanoUsd' ? formatUsd(value) : plural(value, unit.slice(0, -1));
}

/** The fullest account that is about exactly this value: the limit that this row of spend runs against. */
export function limitOf(
  dimension: Dimension,
  value: string | undefined,
  standings: readonly Standing[],
): ShownUse | undefined {
  if (value === undefined) return undefined;
  const own = standings.filter(({ account }) => account[dimension] === value && Object.keys(account).length === 1);
  return own.map(shownUse).toSorted((a, b) => b.spent - a.spent)[0];
}
