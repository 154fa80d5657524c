import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from '../pipeline/free-ports.ts';
import { programPath } from '../pipeline/programs.ts';
import { readSamples, sendSamples } from '../pipeline/send-samples.ts';
import { startService, type Service } from '../pipeline/start-service.ts';
import { Failure, ROOT } from '../steps.ts';
import { inlineConfig } from './inline-config.ts';

const PORTS = ['grpc', 'http', 'health', 'metrics'] as const;
type Ports = Record<(typeof PORTS)[number], number>;

/** A backend that comes back while the Collector shuts down still gets all that was spent, once, after its zero. */
export async function lastFlushIsTriedAgain(): Promise<void> {
  const ports = await freePorts(PORTS);
  await using collector = await startWithoutBackend(ports);
  const [sample] = (await readSamples()).filter(({ file }) => file.startsWith('semconv-current'));
  await sendSamples(`http://127.0.0.1:${ports.http}`, 'last', [sample!]);
  const stopped = collector.stop();
  await wait(1000);
  const received: unknown[] = [];
  await using backend = await listen(ports.metrics, received);
  await stopped;
  const values = received.flatMap(costsOf);
  const wanted = [0, (sample!.want.nanoUsd ?? 0) / 1e9];
  if (JSON.stringify(values) !== JSON.stringify(wanted))
    throw new Failure(
      `${backend.port} has got ${values.join(', ')} USD, not ${wanted.join(', ')}:\n${collector.log()}`,
    );
}

/** Where the backend stays away, the Collector says at its end that spend is missing, and ends as failed. */
export async function lostFlushIsToldAtTheEnd(): Promise<void> {
  const ports = await freePorts(PORTS);
  await using collector = await startWithoutBackend(ports);
  await collector.stop();
  if (!collector.log().includes('what was counted since the flush before is in no metric'))
    throw new Failure(`the end says nothing of what is lost:\n${collector.log()}`);
}

/** Flushes only at its end, to a port on which nobody listens yet. */
async function startWithoutBackend(ports: Ports): Promise<Service> {
  const settings = inlineConfig({
    'receivers::otlp::protocols::grpc::endpoint': `127.0.0.1:${ports.grpc}`,
    'receivers::otlp::protocols::http::endpoint': `127.0.0.1:${ports.http}`,
    'extensions::health_check::endpoint': `127.0.0.1:${ports.health}`,
    'connectors::gen_ai_usage::flush_interval': '1h',
    'exporters::otlp_http/usage::encoding': 'json',
    'exporters::otlp_http/usage::compression': 'none',
  });
  return startService(
    await programPath('tollgate-collector'),
    ['--config', 'collector/config/prometheus.yaml', ...settings],
    {
      cwd: ROOT,
      readyUrl: `http://127.0.0.1:${ports.health}`,
      env: { METRICS_ENDPOINT: `http://127.0.0.1:${ports.metrics}`, TRACES_ENDPOINT: `127.0.0.1:${ports.metrics}` },
    },
  );
}

async function listen(port: number, received: unknown[]): Promise<AsyncDisposable & { port: number }> {
  const server: Server = createServer((request, response) => {
    if (request.headers['content-type'] !== 'application/json') return response.end();
    return void json(request).then((body) => {
      received.push(body);
      return response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  return { port, [Symbol.asyncDispose]: close };
}

interface Body {
  resourceMetrics: { scopeMetrics: { metrics: { name: string; sum?: { dataPoints: Point[] } }[] }[] }[];
}
interface Point {
  asInt?: string;
  asDouble?: number;
}

function costsOf(body: unknown): number[] {
  const metrics = (body as Body).resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics),
  );
  const points = metrics.filter(({ name }) => name === 'tollgate.cost').flatMap(({ sum }) => sum?.dataPoints ?? []);
  return points.map(({ asInt, asDouble }) => asDouble ?? Number(asInt));
}
