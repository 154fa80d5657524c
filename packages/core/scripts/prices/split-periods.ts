import type { DraftModel, DraftPeriod, DraftVariant } from './draft.ts';

/** A stretch of time, and the variants that are sold in all of it. */
export interface SplitPeriod {
  period: DraftPeriod;
  variants: DraftVariant[];
}

/** Cuts a model's periods where one of its variants begins or ends, so that each can have complete rows. */
export function splitPeriods(model: DraftModel): SplitPeriod[] {
  const cuts = model.variants.flatMap(({ from, until }) => [from, until]).filter((cut) => cut !== undefined);
  return model.periods.flatMap((period) =>
    cutPeriod(period, cuts).map((part) => ({
      period: part,
      variants: model.variants.filter((variant) => isSoldIn(variant, part)),
    })),
  );
}

function cutPeriod(period: DraftPeriod, cuts: readonly string[]): DraftPeriod[] {
  const inside = [...new Set(cuts)].filter((cut) => isAfter(cut, period.from) && isAfter(period.until, cut));
  const edges = [period.from, ...inside.toSorted((a, b) => Date.parse(a) - Date.parse(b)), period.until];
  const parts = edges.slice(1).map((until, index): DraftPeriod => ({ ...period, from: edges[index], until }));
  return parts.toReversed();
}

/** No date at all is the end of time on the left, and its beginning on the right. */
function isAfter(late: string | undefined, early: string | undefined): boolean {
  return late === undefined || early === undefined || Date.parse(late) > Date.parse(early);
}

function isSoldIn(variant: DraftVariant, period: DraftPeriod): boolean {
  const begins = period.from === undefined ? -Infinity : Date.parse(period.from);
  const ends = period.until === undefined ? Infinity : Date.parse(period.until);
  if (variant.from !== undefined && begins < Date.parse(variant.from)) return false;
  return variant.until === undefined || ends <= Date.parse(variant.until);
}
