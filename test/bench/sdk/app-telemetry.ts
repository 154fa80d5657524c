import { createRequire } from 'node:module';

type SdkNode = typeof import('@opentelemetry/sdk-node');
type SdkTrace = typeof import('@opentelemetry/sdk-trace');
type SdkMetrics = typeof import('@opentelemetry/sdk-metrics');
type Resources = typeof import('@opentelemetry/resources');
type NodeOptions = NonNullable<ConstructorParameters<SdkNode['NodeSDK']>[0]>;
/** One of those that a NodeSDK takes. */
export type Instrumentation = NonNullable<NodeOptions['instrumentations']>[number];

/**
 * Starts the app's own OpenTelemetry, of the copy that is installed around `project`: a batch span processor and a metric
 * reader that send nothing anywhere, so that only what happens in the app's thread is measured.
 */
export function startAppTelemetry(project: string, instrumentations: Instrumentation[] = []): void {
  const require = createRequire(project);
  const { NodeSDK } = require('@opentelemetry/sdk-node') as SdkNode;
  const { BatchSpanProcessor } = require('@opentelemetry/sdk-trace') as SdkTrace;
  const { MetricReader } = require('@opentelemetry/sdk-metrics') as SdkMetrics;
  const { resourceFromAttributes } = require('@opentelemetry/resources') as Resources;
  class ManualReader extends MetricReader {
    protected async onForceFlush(): Promise<void> {}
    protected async onShutdown(): Promise<void> {}
  }
  const exporter = {
    export: (_spans: unknown, done: (result: { code: 0 }) => void): void => done({ code: 0 }),
    shutdown: async (): Promise<void> => {},
  };
  new NodeSDK({
    autoDetectResources: false,
    resource: resourceFromAttributes({ 'service.instance.id': 'bench' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
    metricReaders: [new ManualReader()],
    logRecordProcessors: [],
    instrumentations,
  }).start();
}
