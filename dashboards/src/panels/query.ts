import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as tempo from '@grafana/grafana-foundation-sdk/tempo';
import { METRICS_SOURCE, TRACES_SOURCE } from './data-sources.ts';

/** A question to Prometheus, at the end of the time range or all along it. */
export interface MetricQuery {
  readonly source: 'metrics';
  readonly expr: string;
  readonly at: 'instant' | 'range';
  /** Name of a series, with `{{label}}` for values. */
  readonly legend: string;
  /** Why a healthy system has no answer; absent where an empty answer is a fault. */
  readonly quiet?: string | undefined;
}

/** A question to Tempo: spans that match, or a figure over them. */
export interface TraceQuery {
  readonly source: 'traces';
  readonly traceql: string;
  readonly answer: 'spans' | 'instant' | 'range';
  readonly quiet?: string | undefined;
}

/** What a panel asks. */
export type Query = MetricQuery | TraceQuery;

interface Extra {
  legend?: string | undefined;
  quiet?: string | undefined;
}

/** One value for each series, at the end of the time range. */
export function now(expr: string, { legend = '', quiet }: Extra = {}): MetricQuery {
  return { source: 'metrics', expr, at: 'instant', legend, quiet };
}

/** A curve for each series. */
export function overTime(expr: string, legend: string, quiet?: string): MetricQuery {
  return { source: 'metrics', expr, at: 'range', legend, quiet };
}

/** Traces by TraceQL: `spans` lists what matches, the others compute. */
export function traces(traceql: string, answer: TraceQuery['answer'], quiet?: string): TraceQuery {
  return { source: 'traces', traceql, answer, quiet };
}

/** The query as Grafana stores it. Tables take the labels of a metric as columns. */
export function toTarget(query: Query, refId: string, isTable: boolean): cog.Builder<cog.Dataquery> {
  return query.source === 'metrics' ? metricTarget(query, refId, isTable) : traceTarget(query, refId);
}

function metricTarget({ expr, at, legend }: MetricQuery, refId: string, isTable: boolean): cog.Builder<cog.Dataquery> {
  const target = new prometheus.DataqueryBuilder()
    .datasource(METRICS_SOURCE)
    .refId(refId)
    .editorMode(prometheus.QueryEditorMode.Code)
    .expr(expr)
    .format(isTable ? prometheus.PromQueryFormat.Table : prometheus.PromQueryFormat.TimeSeries);
  if (legend !== '') target.legendFormat(legend);
  return at === 'instant' ? target.instant() : target.range().exemplar(true);
}

const MOST_SPANS = 50;
const SPANS_PER_TRACE = 10;

function traceTarget({ traceql, answer }: TraceQuery, refId: string): cog.Builder<cog.Dataquery> {
  const target = new tempo.DataqueryBuilder()
    .datasource(TRACES_SOURCE)
    .refId(refId)
    .queryType(tempo.TempoQueryType.Traceql)
    .query(traceql)
    .filters([]);
  if (answer === 'spans') return target.limit(MOST_SPANS).spss(SPANS_PER_TRACE).tableType(tempo.SearchTableType.Spans);
  return target.metricsQueryType(answer === 'instant' ? tempo.MetricsQueryType.Instant : tempo.MetricsQueryType.Range);
}
