import type { TracerProvider } from '@opentelemetry/api';
import { samplerFromEnv, type SamplerPackage } from './env-sampler.ts';
import { otlpSpanExporter, type ExporterSource } from './otlp-exporters.ts';
import type { Resource } from './own-resource.ts';
import type { OwnProvider } from './own-provider.ts';
import { positiveNumber, type Env } from './otlp-env.ts';

type New<T> = new (...options: unknown[]) => T;
type SdkTracerProvider = TracerProvider & { forceFlush(): Promise<void>; shutdown(): Promise<void> };

/** SDK 3.x: everything takes one options object. */
interface Sdk3 extends SamplerPackage {
  TracerProvider: New<SdkTracerProvider> | undefined;
  BatchSpanProcessor: New<object> | undefined;
}
/** SDK 2.x: the exporter is an argument of its own. */
interface Sdk2 {
  BasicTracerProvider: New<SdkTracerProvider> | undefined;
  BatchSpanProcessor: New<object> | undefined;
}

/** A tracer provider of our own that exports over OTLP and is registered nowhere; undefined where a package is missing. */
export function buildTraces(source: ExporterSource, resource: Resource): OwnProvider<TracerProvider> | undefined {
  const own = otlpSpanExporter(source);
  if (own === undefined) return undefined;
  const provider = newProvider(source, resource, own.exporter);
  if (provider === undefined) return undefined;
  return { provider, flush: () => provider.forceFlush(), shutdown: () => provider.shutdown(), hurry: own.hurry };
}

function newProvider(
  { load, env }: ExporterSource,
  resource: Resource,
  exporter: object,
): SdkTracerProvider | undefined {
  const batch = batchOptions(env);
  const sdk3 = load('@opentelemetry/sdk-trace') as Sdk3 | undefined;
  if (sdk3?.TracerProvider !== undefined && sdk3.BatchSpanProcessor !== undefined) {
    const spanProcessors = [new sdk3.BatchSpanProcessor({ exporter, ...batch })];
    return new sdk3.TracerProvider({ resource, spanProcessors, sampler: samplerFromEnv(sdk3, env) });
  }
  const sdk2 = load('@opentelemetry/sdk-trace-base') as Sdk2 | undefined;
  if (sdk2?.BasicTracerProvider === undefined || sdk2.BatchSpanProcessor === undefined) return undefined;
  const spanProcessors = [new sdk2.BatchSpanProcessor(exporter, batch)];
  return new sdk2.BasicTracerProvider({ resource, spanProcessors });
}

function batchOptions(env: Env): Record<string, number | undefined> {
  return {
    maxQueueSize: positiveNumber('OTEL_BSP_MAX_QUEUE_SIZE', env),
    maxExportBatchSize: positiveNumber('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', env),
    scheduledDelayMillis: positiveNumber('OTEL_BSP_SCHEDULE_DELAY', env),
    exportTimeoutMillis: positiveNumber('OTEL_BSP_EXPORT_TIMEOUT', env),
  };
}
