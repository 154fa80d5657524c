import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { EXPORT_SUCCEEDED, type ExportResult } from './exporter.ts';
import { buildReader } from './own-metrics.ts';
import type { CollectedMetrics } from './zero-points.ts';

it('names a task of a gauge also after thousands of others', async () => {
  let last: unknown[] = [];
  class OTLPMetricExporter {
    export({ scopeMetrics }: CollectedMetrics, done: (result: ExportResult) => void): void {
      last = scopeMetrics[0]!.metrics[0]!.dataPoints.map(({ attributes }) => attributes);
      done({ code: EXPORT_SUCCEEDED });
    }
    async shutdown(): Promise<void> {}
  }
  const packages: Record<string, object> = { '@opentelemetry/sdk-metrics': { PeriodicExportingMetricReader } };
  const load = (name: string): object => packages[name] ?? { OTLPMetricExporter };
  const { reader } = buildReader({ load, env: {}, onDead: () => {} })!;
  const provider = new MeterProvider({ readers: [reader as PeriodicExportingMetricReader] });
  let tasks = [0];
  provider
    .getMeter('test')
    .createObservableGauge('gauge')
    .addCallback((result) => tasks.forEach((task) => result.observe(1, { task })));
  for (let first = 0; first < 3000; first += 1000) {
    tasks = Array.from({ length: 1000 }, (_, index) => first + index);
    await provider.forceFlush();
  }
  tasks = [3001];
  await provider.forceFlush();
  expect(last).toEqual([{ task: 3001 }]);
  await provider.shutdown();
});
