import { fileURLToPath } from 'node:url';
import { ROOT } from '../steps.ts';
import { freePorts } from './free-ports.ts';
import { programPath } from './programs.ts';
import { startService, type Service } from './start-service.ts';

const PORTS = ['OTLP_GRPC_PORT', 'OTLP_HTTP_PORT', 'HEALTH_PORT'] as const;

/** A running `tollgate-collector` with collector/config/prometheus.yaml, sped up by collector-fast.yaml. */
export interface Collector extends Service {
  /** Where OTLP over HTTP is taken, as OTEL_EXPORTER_OTLP_ENDPOINT has it. */
  readonly otlpEndpoint: string;
  /** Stops it, its last flush included, and starts another one in its place. */
  restart(): Promise<Collector>;
}

/** Where a Collector sends to. */
export interface CollectorTargets {
  /** OTLP over gRPC, host and port. */
  tracesEndpoint: string;
  /** OTLP over HTTP, without `/v1/metrics`. */
  metricsEndpoint: string;
}

/** Starts a Collector on free ports; `stop` sends what it has before it ends. */
export async function startCollector(targets: CollectorTargets): Promise<Collector> {
  return startOn(await freePorts(PORTS), targets);
}

async function startOn(ports: Record<(typeof PORTS)[number], number>, targets: CollectorTargets): Promise<Collector> {
  const overlay = fileURLToPath(new URL('collector-fast.yaml', import.meta.url));
  const service = await startService(
    await programPath('tollgate-collector'),
    ['--config', 'collector/config/prometheus.yaml', '--config', overlay],
    {
      cwd: ROOT,
      readyUrl: `http://127.0.0.1:${ports.HEALTH_PORT}`,
      env: {
        ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
        TRACES_ENDPOINT: targets.tracesEndpoint,
        METRICS_ENDPOINT: targets.metricsEndpoint,
      },
    },
  );
  return {
    ...service,
    otlpEndpoint: `http://127.0.0.1:${ports.OTLP_HTTP_PORT}`,
    async restart() {
      await service.stop();
      return startOn(ports, targets);
    },
  };
}
