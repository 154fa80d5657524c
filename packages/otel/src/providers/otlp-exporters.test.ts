import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { EXPORT_SUCCEEDED, type ExportResult } from './exporter.ts';
import { otlpMetricExporter } from './otlp-exporters.ts';
import type { CollectedMetrics } from './zero-points.ts';

it('sends of a gauge what was just observed, and of a counter all that there is', async () => {
  const sent: Record<string, number>[] = [];
  class OTLPMetricExporter {
    export({ scopeMetrics }: CollectedMetrics, done: (result: ExportResult) => void): void {
      const metrics = scopeMetrics.flatMap((scope) => scope.metrics);
      sent.push(Object.fromEntries(metrics.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints.length])));
      done({ code: EXPORT_SUCCEEDED });
    }
    async shutdown(): Promise<void> {}
  }
  const exporter = otlpMetricExporter({ load: () => ({ OTLPMetricExporter }), env: {}, onDead: () => {} })?.exporter;
  const reader = new PeriodicExportingMetricReader({ exporter: exporter as never, exportIntervalMillis: 3_600_000 });
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  meter.createCounter('counter').add(1);
  let tasks = ['T-1', 'T-2'];
  meter.createObservableGauge('gauge').addCallback((result) => {
    for (const task of tasks) result.observe(1, { task });
  });
  await reader.forceFlush();
  tasks = ['T-2'];
  await reader.forceFlush();
  // A counter's first point is the zero before it.
  expect(sent).toEqual([
    { counter: 2, gauge: 2 },
    { counter: 1, gauge: 1 },
  ]);
  await reader.shutdown();
});
