import type { HrTime } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import type { ExportResult } from './exporter.ts';
import { ZeroPointExporter, type CollectedMetrics } from './zero-points.ts';

type Metric = CollectedMetrics['scopeMetrics'][number]['metrics'][number];

const START: HrTime = [100, 0];

function collected(...metrics: Metric[]): CollectedMetrics {
  return { resource: 'r', scopeMetrics: [{ scope: { name: 's' }, metrics }] };
}

function counter(value: number, attributes = {}, more: Partial<Metric> = {}): Metric {
  const dataPoints = [{ startTime: START, endTime: [160, 0] as HrTime, attributes, value }];
  return {
    descriptor: { name: 'c' },
    aggregationTemporality: 1,
    dataPointType: 3,
    isMonotonic: true,
    dataPoints,
    ...more,
  };
}

function bench(): { send: (metrics: CollectedMetrics, code?: number) => Metric['dataPoints'] } {
  let code = 0;
  let sent: CollectedMetrics | undefined;
  const exporter = new ZeroPointExporter<CollectedMetrics>({
    export(metrics: CollectedMetrics, done: (result: ExportResult) => void) {
      sent = metrics;
      done({ code });
    },
    shutdown: () => Promise.resolve(),
  });
  return {
    send(metrics, withCode = 0) {
      code = withCode;
      exporter.export(metrics, () => {});
      return sent?.scopeMetrics[0]?.metrics[0]?.dataPoints ?? [];
    },
  };
}

it('sends a new series as 0 at its start and then its value, and later its value alone', () => {
  const { send } = bench();
  expect(send(collected(counter(5, { a: 1, b: 2 })))).toEqual([
    { startTime: START, endTime: START, attributes: { a: 1, b: 2 }, value: 0 },
    { startTime: START, endTime: [160, 0], attributes: { a: 1, b: 2 }, value: 5 },
  ]);
  expect(send(collected(counter(6, { b: 2, a: 1 })))).toHaveLength(1);
  expect(send(collected(counter(1, { a: 2, b: 2 })))).toHaveLength(2);
});

it('sends the zero again where the export failed', () => {
  const { send } = bench();
  expect(send(collected(counter(5)), 1)).toHaveLength(2);
  expect(send(collected(counter(6)))).toHaveLength(2);
  expect(send(collected(counter(7)))).toHaveLength(1);
});

it('empties a histogram', () => {
  const { send } = bench();
  const value = { count: 3, sum: 9, min: 1, max: 5, buckets: { boundaries: [1, 2], counts: [1, 1, 1] } };
  const points = [{ startTime: START, endTime: [160, 0] as HrTime, attributes: {}, value }];
  const [zero] = send(collected(counter(0, {}, { dataPointType: 0, isMonotonic: undefined, dataPoints: points })));
  expect(zero?.value).toEqual({ count: 0, sum: 0, buckets: { boundaries: [1, 2], counts: [0, 0, 0] } });
});

it('leaves gauges, sums that fall and deltas alone', () => {
  for (const more of [{ dataPointType: 2 }, { isMonotonic: false }, { aggregationTemporality: 0 }]) {
    const { send } = bench();
    expect(send(collected(counter(5, {}, more)))).toHaveLength(1);
  }
});

it('never puts both points of a series into one millisecond', () => {
  const { send } = bench();
  const points = [{ startTime: [160, 500] as HrTime, endTime: [160, 900] as HrTime, attributes: {}, value: 5 }];
  const [zero] = send(collected(counter(5, {}, { dataPoints: points })));
  expect(zero?.endTime).toEqual([159, 999_000_900]);
});

it('sends once more without zeros what is refused: they may be there, and the answer to that was lost', () => {
  const refusal = { code: 1, error: Object.assign(new Error('out of order sample'), { code: 400 }) };
  const points: number[] = [];
  const results: ExportResult[] = [];
  const exporter = new ZeroPointExporter<CollectedMetrics>({
    export({ scopeMetrics }, done) {
      const { length } = scopeMetrics[0]!.metrics[0]!.dataPoints;
      points.push(length);
      done(length > 1 ? refusal : { code: 0 });
    },
    shutdown: () => Promise.resolve(),
  });
  const send = (value: number): void => exporter.export(collected(counter(value)), (result) => results.push(result));
  send(5);
  send(6);
  expect(points).toEqual([2, 1, 1]);
  expect(results).toEqual([{ code: 0 }, { code: 0 }]);
});

it('keeps the zeros for later where what is refused is refused without them too', () => {
  let refuses = true;
  const points: number[] = [];
  const exporter = new ZeroPointExporter<CollectedMetrics>({
    export({ scopeMetrics }, done) {
      points.push(scopeMetrics[0]!.metrics[0]!.dataPoints.length);
      done(refuses ? { code: 1, error: Object.assign(new Error('no'), { code: 3 }) } : { code: 0 });
    },
    shutdown: () => Promise.resolve(),
  });
  exporter.export(collected(counter(5)), () => {});
  refuses = false;
  exporter.export(collected(counter(6)), () => {});
  expect(points).toEqual([2, 1, 2]);
});
