import type { MeterProvider } from '@opentelemetry/api';
import { otlpMetricExporter, type ExporterSource, type OwnExporter } from './otlp-exporters.ts';
import type { OwnProvider } from './own-provider.ts';
import type { Resource } from './own-resource.ts';
import { positiveNumber, type Env } from './otlp-env.ts';
import type { CollectedMetrics } from './zero-points.ts';

type SdkMeterProvider = MeterProvider & { forceFlush(): Promise<void>; shutdown(): Promise<void> };

interface SdkMetrics {
  MeterProvider: new (options: { resource: Resource; readers: object[] }) => SdkMeterProvider;
  PeriodicExportingMetricReader: new (options: object) => object;
}

/** A meter provider of our own that exports over OTLP and is registered nowhere; undefined where a package is missing. */
export function buildMetrics(source: ExporterSource, resource: Resource): OwnProvider<MeterProvider> | undefined {
  const reader = buildReader(source);
  const sdk = source.load('@opentelemetry/sdk-metrics') as SdkMetrics | undefined;
  if (reader === undefined || sdk === undefined) return undefined;
  const provider = new sdk.MeterProvider({ resource, readers: [reader.reader] });
  return { provider, flush: () => provider.forceFlush(), shutdown: () => provider.shutdown(), hurry: reader.hurry };
}

/**
 * The SDK remembers every series of an observable gauge that there ever was, and folds those beyond its limit (2,000) into one
 * without labels: a page would no longer name the task to kill. Ours have a task in them, some at a time and ever new ones.
 */
const MOST_OBSERVED = 20_000;

/** What reads a meter provider and exports it, every minute or as the environment says. */
export function buildReader(source: ExporterSource): { reader: object; hurry: () => void } | undefined {
  const own: OwnExporter<CollectedMetrics> | undefined = otlpMetricExporter(source);
  const sdk = source.load('@opentelemetry/sdk-metrics') as SdkMetrics | undefined;
  if (own === undefined || sdk === undefined) return undefined;
  const reader = new sdk.PeriodicExportingMetricReader({
    exporter: own.exporter,
    cardinalityLimits: { observableGauge: MOST_OBSERVED },
    ...intervals(source.env),
  });
  return { reader, hurry: own.hurry };
}

/** The SDK refuses a time-out that is longer than the interval. */
function intervals(env: Env): { exportIntervalMillis: number; exportTimeoutMillis: number } {
  const exportIntervalMillis = positiveNumber('OTEL_METRIC_EXPORT_INTERVAL', env) ?? 60_000;
  const timeout = positiveNumber('OTEL_METRIC_EXPORT_TIMEOUT', env) ?? 30_000;
  return { exportIntervalMillis, exportTimeoutMillis: Math.min(timeout, exportIntervalMillis) };
}
