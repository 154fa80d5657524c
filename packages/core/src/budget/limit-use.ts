import { UNITS, type Amounts } from './measures.ts';
import type { Standing } from './standing.ts';

/** How much of a limit is used, in one unit. */
export interface LimitUse {
  unit: keyof Amounts;
  spent: number;
  reserved: number;
  limit: number;
  /** What is spent of the limit: 0 to above 1. */
  part: number;
}

/** The unit of a standing that is nearest to its limit; undefined where it limits nothing. A limit of 0 is used up. */
export function limitUse({
  limit,
  spent,
  reserved,
}: Pick<Standing, 'limit' | 'spent' | 'reserved'>): LimitUse | undefined {
  let fullest: LimitUse | undefined;
  for (const unit of UNITS) {
    const of = limit[unit];
    if (of === undefined) continue;
    const used = spent[unit] ?? 0;
    const part = of === 0 ? 1 : used / of;
    if (fullest !== undefined && part <= fullest.part) continue;
    fullest = { unit, spent: used, reserved: reserved[unit] ?? 0, limit: of, part };
  }
  return fullest;
}
