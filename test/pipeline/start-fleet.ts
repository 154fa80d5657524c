import { inlineConfig } from '../collector/inline-config.ts';
import { ROOT } from '../steps.ts';
import { freePorts } from './free-ports.ts';
import { programPath } from './programs.ts';
import type { CollectorTargets } from './start-collector.ts';
import { startService, type Service } from './start-service.ts';

/** An edge in front of a gateway, each with its file in collector/config. */
export interface Fleet extends AsyncDisposable {
  /** Where the edge takes OTLP over HTTP. */
  readonly otlpEndpoint: string;
  readonly edge: Service;
  readonly gateway: Service;
}

/** Starts both on free ports, with intervals that a test can wait for. */
export async function startFleet(targets: CollectorTargets): Promise<Fleet> {
  await using started = new AsyncDisposableStack();
  const ports = await freePorts(['grpc', 'http', 'health', 'gateway', 'gatewayHealth']);
  const gateway = started.use(await startGateway(ports.gateway, ports.gatewayHealth, targets));
  const edge = started.use(
    await start('fleet-edge', ports.health, {
      'receivers::otlp::protocols::grpc::endpoint': `127.0.0.1:${ports.grpc}`,
      'receivers::otlp::protocols::http::endpoint': `127.0.0.1:${ports.http}`,
      'exporters::load_balancing::resolver::dns::port': `'${ports.gateway}'`,
      'exporters::load_balancing/metrics::resolver::dns::port': `'${ports.gateway}'`,
    }),
  );
  const owned = started.move();
  return {
    otlpEndpoint: `http://127.0.0.1:${ports.http}`,
    edge,
    gateway,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function startGateway(port: number, healthPort: number, targets: CollectorTargets): Promise<Service> {
  const settings = {
    'receivers::otlp::protocols::grpc::endpoint': `127.0.0.1:${port}`,
    'connectors::gen_ai_usage::flush_interval': '1s',
    'processors::tail_sampling::decision_wait': '1s',
  };
  return start('fleet-gateway', healthPort, settings, {
    TRACES_ENDPOINT: targets.tracesEndpoint,
    METRICS_ENDPOINT: targets.metricsEndpoint,
  });
}

async function start(
  name: string,
  healthPort: number,
  settings: Record<string, string>,
  env: Record<string, string> = {},
): Promise<Service> {
  const all = {
    ...settings,
    'extensions::health_check::endpoint': `127.0.0.1:${healthPort}`,
    'service::telemetry::metrics::level': 'none',
  };
  return startService(
    await programPath('tollgate-collector'),
    ['--config', `collector/config/${name}.yaml`, ...inlineConfig(all)],
    { cwd: ROOT, readyUrl: `http://127.0.0.1:${healthPort}`, env },
  );
}
