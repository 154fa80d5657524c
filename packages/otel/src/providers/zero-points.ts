import type { Attributes, HrTime } from '@opentelemetry/api';
import { EXPORT_SUCCEEDED, type ExportResult, type Exporter } from './exporter.ts';

// Of SDK 2.x and 3.x alike: DataPointType and AggregationTemporality are numbers on the wire between SDK and exporter.
const HISTOGRAM = 0;
const SUM = 3;
const CUMULATIVE = 1;

interface Buckets {
  boundaries: number[];
  counts: number[];
}
interface HistogramValue {
  count: number;
  sum?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
  buckets: Buckets;
}
interface DataPoint {
  startTime: HrTime;
  endTime: HrTime;
  attributes: Attributes;
  value: number | HistogramValue;
}
interface MetricData {
  descriptor: { name: string };
  aggregationTemporality: number;
  dataPointType: number;
  isMonotonic?: boolean | undefined;
  dataPoints: DataPoint[];
}
/** The part of the SDK's `ResourceMetrics` that is looked at. */
export interface CollectedMetrics {
  resource: unknown;
  scopeMetrics: { scope: { name: string }; metrics: MetricData[] }[];
}

/**
 * Sends every new cumulative series as two points, 0 at its start and then its value. A backend that first sees a counter
 * at 5 can't tell whether it rose by 5; the SDK sends the 5 alone, even after `add(0)`.
 */
export class ZeroPointExporter<M extends CollectedMetrics> implements Exporter<M> {
  readonly #inner: Exporter<M>;
  readonly #sent = new Set<string>();

  constructor(inner: Exporter<M>) {
    this.#inner = inner;
  }

  export(collected: M, done: (result: ExportResult) => void): void {
    const fresh = new Set<string>();
    const scopeMetrics = collected.scopeMetrics.map(({ scope, metrics }) => ({
      scope,
      metrics: metrics.map((metric) => this.#withZeros(scope.name, metric, fresh)),
    }));
    const settle = (result: ExportResult): void => {
      // Only what has arrived is known there: a failed export is followed by one with the zeros again.
      if (result.code === EXPORT_SUCCEEDED) for (const series of fresh) this.#sent.add(series);
      done(result);
    };
    this.#inner.export({ ...collected, scopeMetrics }, (result) => {
      // Where it was the answer to an earlier export that got lost, the zeros are there: once more they are out of order.
      if (fresh.size > 0 && isRefused(result)) this.#inner.export(collected, settle);
      else settle(result);
    });
  }

  async forceFlush(): Promise<void> {
    await this.#inner.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.#inner.shutdown();
  }

  #withZeros(scope: string, metric: MetricData, fresh: Set<string>): MetricData {
    const { dataPointType, aggregationTemporality, isMonotonic } = metric;
    const rises = (dataPointType === SUM && isMonotonic === true) || dataPointType === HISTOGRAM;
    if (!rises || aggregationTemporality !== CUMULATIVE) return metric;
    const dataPoints = metric.dataPoints.flatMap((point) => {
      const series = `${scope}\0${metric.descriptor.name}\0${seriesOf(point.attributes)}`;
      if (this.#sent.has(series)) return [point];
      fresh.add(series);
      return [zeroOf(point), point];
    });
    return { ...metric, dataPoints };
  }
}

/** HTTP's Bad Request and gRPC's INVALID_ARGUMENT: what Prometheus says to a point that is older than what it has. */
const REFUSALS: readonly unknown[] = [400, 3];

function isRefused({ code, error }: ExportResult): boolean {
  return code !== EXPORT_SUCCEEDED && REFUSALS.includes((error as { code?: unknown } | undefined)?.code);
}

function seriesOf(attributes: Attributes): string {
  return JSON.stringify(Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function zeroOf(point: DataPoint): DataPoint {
  const { startTime, endTime, value } = point;
  const at = isBefore(startTime, endTime) ? startTime : aMillisecondBefore(endTime);
  return { ...point, startTime: at, endTime: at, value: typeof value === 'number' ? 0 : emptied(value) };
}

function emptied({ buckets }: HistogramValue): HistogramValue {
  const counts = buckets.counts.map(() => 0);
  return { count: 0, sum: 0, buckets: { boundaries: buckets.boundaries, counts } };
}

/** Backends keep milliseconds: two points of one series within one would be one. */
function isBefore(a: HrTime, b: HrTime): boolean {
  return milliseconds(a) < milliseconds(b);
}

function milliseconds([seconds, nanos]: HrTime): number {
  return seconds * 1000 + Math.floor(nanos / 1e6);
}

function aMillisecondBefore([seconds, nanos]: HrTime): HrTime {
  return nanos >= 1e6 ? [seconds, nanos - 1e6] : [seconds - 1, nanos + 999_000_000];
}
