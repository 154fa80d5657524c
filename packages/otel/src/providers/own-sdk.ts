import { type ExporterSource, otlpSpanExporter } from './otlp-exporters.ts';
import { buildReader } from './own-metrics.ts';
import { isOtlpWanted, list } from './otlp-env.ts';
import { later } from '../later.ts';
import type { BaggagePackage } from './our-propagator.ts';
import { instanceResource, ownDetectors, type ResourcesPackage, type Who } from './own-resource.ts';

const travel = later('./providers/our-propagator');

interface NodeSdk {
  start(): void;
  shutdown(): Promise<void>;
}
interface SdkNodePackage {
  NodeSDK: new (options: object) => NodeSdk;
}

/** What the NodeSDK that we start is to say of the app, and whether attribution is to travel. */
export interface OwnSdkOptions extends Who {
  propagates: boolean;
}

/** A NodeSDK that we have started and registered. */
export interface OwnSdk {
  shutdown(): Promise<void>;
  hurry: () => void;
}

/**
 * Starts OpenTelemetry's NodeSDK with its defaults and `OTEL_*`, and registers it. Ours differ in three ways: exporters
 * that don't hold up an exit, no propagator but of our own baggage unless `OTEL_PROPAGATORS` names one (SDKs that trace
 * themselves would send its headers to the provider), and a resource without command line and owner. Undefined where
 * packages are missing.
 */
export function startOwnSdk(
  source: ExporterSource,
  { serviceName, attributes, propagates }: OwnSdkOptions,
): OwnSdk | undefined {
  const sdkNode = source.load('@opentelemetry/sdk-node') as SdkNodePackage | undefined;
  const resources = source.load('@opentelemetry/resources') as ResourcesPackage | undefined;
  if (sdkNode === undefined || resources === undefined) return undefined;
  const spans = isOtlpWanted('traces', source.env) ? otlpSpanExporter(source) : undefined;
  const metrics = isOtlpWanted('metrics', source.env) ? buildReader(source) : undefined;
  const sdk = new sdkNode.NodeSDK({
    resource: instanceResource(resources),
    // What is detected wins over `resource`, and the last over the first: the app has the last word.
    resourceDetectors: [...ownDetectors(resources, source.env), { detect: () => ({ attributes }) }],
    ...(serviceName !== undefined && { serviceName }),
    ...(spans !== undefined && { traceExporter: spans.exporter }),
    ...(metrics !== undefined && { metricReaders: [metrics.reader] }),
    ...propagation(source, propagates),
  });
  sdk.start();
  return {
    shutdown: () => sdk.shutdown(),
    hurry() {
      spans?.hurry();
      metrics?.hurry();
    },
  };
}

function propagation({ env, load }: ExporterSource, propagates: boolean): { textMapPropagator?: object | null } {
  if (list(env['OTEL_PROPAGATORS']).length > 0) return {};
  const core = propagates ? (load('@opentelemetry/core') as BaggagePackage | undefined) : undefined;
  return { textMapPropagator: core === undefined ? null : travel().ourPropagator(core) };
}
