import { formatUsd, type Dimension, type Standing } from '@tollgate/core';
import { plural } from '../../table/text.ts';

/** How much of a limit is used, in the unit that is nearest to it. */
export interface LimitUse {
  /** Of the limit, 0 to above 1. */
  spent: number;
  reserved: number;
  /** `$0.0180 of $0.02` */
  words: string;
}

const UNITS = ['nanoUsd', 'tokens', 'calls'] as const;

/** The use of a standing's limit. A limit of 0 is used up. */
export function limitUse({ limit, spent, reserved }: Pick<Standing, 'limit' | 'spent' | 'reserved'>): LimitUse {
  const uses = UNITS.flatMap((unit) => {
    const of = limit[unit];
    if (of === undefined) return [];
    const used = spent[unit] ?? 0;
    const amount = (value: number): string =>
      unit === 'nanoUsd' ? formatUsd(value) : plural(value, unit.slice(0, -1));
    const part = (value: number): number => (of === 0 ? 1 : value / of);
    return [{ spent: part(used), reserved: part(reserved[unit] ?? 0), words: `${amount(used)} of ${amount(of)}` }];
  });
  return uses.toSorted((a, b) => b.spent - a.spent)[0] ?? { spent: 0, reserved: 0, words: '' };
}

/** The fullest account that is about exactly this value: the limit that this row of spend runs against. */
export function limitOf(
  dimension: Dimension,
  value: string | undefined,
  standings: readonly Standing[],
): LimitUse | undefined {
  if (value === undefined) return undefined;
  const own = standings.filter(({ account }) => account[dimension] === value && Object.keys(account).length === 1);
  return own.map(limitUse).toSorted((a, b) => b.spent - a.spent)[0];
}
