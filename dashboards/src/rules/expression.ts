import type { MetricName } from '@tollgate/otel/conventions';
import { series } from '../promql/names.ts';
import { everywhere, type HistogramPart, type Matchers } from '../promql/selector.ts';

/** Which of a metric's series are read, and when. */
export interface Reading {
  where?: Matchers | undefined;
  /** How long ago the time ended, in PromQL's words. */
  ago?: string | undefined;
  /** The part of a histogram. */
  part?: HistogramPart | undefined;
}

/** One of the aggregations of PromQL, over labels by their names in Prometheus. */
export function by(aggregation: 'sum' | 'max' | 'min', labels: readonly string[], expression: string): string {
  return `${aggregation} by (${labels.join(', ')}) (${expression})`;
}

/** What a counter has gained within a time, wherever it is written. It extrapolates: for comparisons, never for totals. */
export function increase(metric: MetricName, within: string, { where, ago, part }: Reading = {}): string {
  const name = series(metric);
  const selector = everywhere(metric, where).replace(name, `${name}${part ?? ''}`);
  return `increase(${selector}[${within}]${ago === undefined ? '' : ` offset ${ago}`})`;
}

/** Money that was spent within a time, calls without a price included at what was assumed for them. */
export function spend(within: string, labels: readonly string[], where: Matchers = {}): string {
  const known = increase('tollgate.cost', within, { where });
  const assumed = increase('tollgate.cost.assumed', within, { where });
  return by('sum', labels, `${known} or ${assumed}`);
}

/** Adds what may not be there: where one of them is absent, it counts as 0. */
export function plus(a: string, b: string): string {
  return `((${a}) or 0 * (${b})) + ((${b}) or 0 * (${a}))`;
}
