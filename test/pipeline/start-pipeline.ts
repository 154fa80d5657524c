// What an app's telemetry goes through, for real: tollgate-collector → Prometheus 3.15 (metrics, OTLP) and Jaeger 1.62 (traces),
// on free ports of 127.0.0.1, with nothing in them at first. Programs are built where they are not yet; that needs Go.
//
//   await using pipeline = await startPipeline({ prometheus: { rules: ['/path/of/rules.yml'] } });
//   … run an app with pipeline.env() and let it end, then …
//   await pipeline.flush();
//   await pipeline.query('sum(tollgate_cost_total)'); // [{ labels: {}, value: 0.0123 }]
//   await pipeline.spans('tollgate-demo');                // what Jaeger has of that service
import { instantQuery, type Sample } from './prometheus-api.ts';
import { storedSpans, type StoredSpan } from './jaeger-api.ts';
import { startCollector, type Collector } from './start-collector.ts';
import { startJaeger, type Jaeger } from './start-jaeger.ts';
import { startPrometheus, type Prometheus, type PrometheusOptions } from './start-prometheus.ts';

/** A Collector, a Prometheus and a Jaeger that belong together. */
export interface Pipeline extends AsyncDisposable {
  /** Where the Collector takes OTLP over HTTP. */
  readonly otlpEndpoint: string;
  readonly prometheusUrl: string;
  readonly jaegerUrl: string;
  readonly collector: Collector;
  readonly prometheus: Prometheus;
  readonly jaeger: Jaeger;
  /** The environment that makes an app export to the Collector: merge it into the app's own. */
  env(): Record<string, string>;
  /** Starts another replica, which sends to the same Prometheus and Jaeger. Its starter stops it. */
  addCollector(): Promise<Collector>;
  /** Resolves when all that the Collector has been sent is in Prometheus and Jaeger: it is restarted, on the same ports. */
  flush(): Promise<void>;
  /** An instant query, by default at this moment. */
  query(promql: string, at?: Date): Promise<Sample[]>;
  /** The spans of a service. */
  spans(service: string): Promise<StoredSpan[]>;
  stop(): Promise<void>;
}

/** Starts all of it, in a second or two once the programs are built. */
export async function startPipeline(options: { prometheus?: PrometheusOptions | undefined } = {}): Promise<Pipeline> {
  await using started = new AsyncDisposableStack();
  const [prometheus, jaeger] = await Promise.all([startPrometheus(options.prometheus), startJaeger()]);
  started.use(prometheus);
  started.use(jaeger);
  const targets = { tracesEndpoint: jaeger.otlpGrpc, metricsEndpoint: `${prometheus.url}/api/v1/otlp` };
  let collector = await startCollector(targets);
  started.defer(() => collector.stop());
  const owned = started.move();
  const stop = (): Promise<void> => owned.disposeAsync();
  return {
    otlpEndpoint: collector.otlpEndpoint,
    prometheusUrl: prometheus.url,
    jaegerUrl: jaeger.url,
    get collector() {
      return collector;
    },
    prometheus,
    jaeger,
    env: () => exportTo(collector.otlpEndpoint),
    addCollector: () => startCollector(targets),
    async flush() {
      collector = await collector.restart();
      await jaeger.settled();
    },
    query: (promql, at) => instantQuery(prometheus.url, promql, at),
    spans: (service) => storedSpans(jaeger.url, service),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** What makes an app export to an endpoint. */
export function exportTo(otlpEndpoint: string): Record<string, string> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' };
}
