import type { AttributeKey } from '@tollgate/otel/conventions';
import { label } from './names.ts';

/**
 * What a counter has gained within the board's time range, exactly. A series begins with a zero, so one that was born within
 * the range counts in full: 0, 3, 5 → 5. One that is older counts from its first point within the range: 7, 9 → 2. Writers
 * have an instance id of their own, so no series is ever reset. `increase()` extrapolates: it is off by 2 % over 10 minutes.
 */
export function gained(selector: string): string {
  return `(max_over_time(${selector}[$__range]) - min_over_time(${selector}[$__range]))`;
}

/** Exact sum of what counters have gained within the time range, for each value of `by`. */
export function total(selector: string, by: readonly AttributeKey[] = []): string {
  return sumBy(gained(selector), by);
}

/** Gain per second, for the shape of a curve: it extrapolates, so no total may rest on it. */
export function perSecond(selector: string, by: readonly AttributeKey[] = []): string {
  return sumBy(`rate(${selector}[$__rate_interval])`, by);
}

/** As `perSecond`, but per hour: what a rate of money is told in. */
export function perHour(selector: string, by: readonly AttributeKey[] = []): string {
  return `${perSecond(selector, by)} * 3600`;
}

/** Sum for each value of `by`; of everything where there is none. */
export function sumBy(expression: string, by: readonly AttributeKey[] = []): string {
  const grouping = by.length === 0 ? '' : ` by (${by.map(label).join(', ')})`;
  return `sum${grouping} (${expression})`;
}

/** One total by another, 0 where there is nothing of the first, empty where there is nothing of the second. */
export function share(part: string, whole: string): string {
  return `(${part} or vector(0)) / (${whole} > 0)`;
}

/** What there is of `part`, and 0 for each that is in `whole` only: a column of a table has no holes. */
export function orZero(part: string, whole: string): string {
  return `${part} or 0 * ${whole}`;
}

/** The greatest ten, greatest first. */
export function topTen(expression: string): string {
  return `sort_desc(topk(10, ${expression}))`;
}

/** Gives series that lack a label a value to be shown by: "untagged" is an absent label. */
export function named(expression: string, key: AttributeKey, absent = '(none)'): string {
  const name = label(key);
  return `label_replace(${expression}, "${name}", "${absent}", "${name}", "")`;
}

/** A quantile of a histogram per label, from the shape of the last minutes. */
export function quantile(q: number, bucketSelector: string, by: readonly AttributeKey[] = []): string {
  const grouping = ['le', ...by.map(label)].join(', ');
  return `histogram_quantile(${q}, sum by (${grouping}) (rate(${bucketSelector}[$__rate_interval])))`;
}
