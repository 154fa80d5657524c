import { freePorts } from './free-ports.ts';
import { poll } from './poll.ts';
import { programPath } from './programs.ts';
import { startService, type Service } from './start-service.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A running Jaeger that keeps traces in memory. */
export interface Jaeger extends Service {
  /** Its API and UI. */
  readonly url: string;
  /** OTLP over gRPC, host and port. */
  readonly otlpGrpc: string;
  /** Resolves when all spans that it has been sent can be read. */
  settled(): Promise<void>;
}

/** Listeners that nobody here talks to: any port will do. */
const UNUSED = [
  'collector.grpc-server.host-port',
  'collector.http-server.host-port',
  'collector.otlp.http.host-port',
  'processor.jaeger-binary.server-host-port',
  'processor.jaeger-compact.server-host-port',
  'processor.zipkin-compact.server-host-port',
  'http-server.host-port',
];

/** Starts Jaeger's all-in-one on free ports. */
export async function startJaeger(): Promise<Jaeger> {
  const [program, ports, folder] = await Promise.all([
    programPath('jaeger'),
    freePorts(['query', 'queryGrpc', 'admin', 'otlp']),
    temporaryFolder(),
  ]);
  const otlpGrpc = `127.0.0.1:${ports.otlp}`;
  const args = [
    '--collector.otlp.enabled=true',
    `--collector.otlp.grpc.host-port=${otlpGrpc}`,
    `--query.http-server.host-port=127.0.0.1:${ports.query}`,
    `--query.grpc-server.host-port=127.0.0.1:${ports.queryGrpc}`,
    `--admin.http.host-port=127.0.0.1:${ports.admin}`,
    ...UNUSED.map((flag) => `--${flag}=127.0.0.1:0`),
  ];
  const admin = `http://127.0.0.1:${ports.admin}`;
  const service = await startService(program, args, { cwd: folder.path, readyUrl: admin, isExpendable: true });
  const stop = async (): Promise<void> => {
    await service.stop();
    await folder.remove();
  };
  return {
    ...service,
    url: `http://127.0.0.1:${ports.query}`,
    otlpGrpc,
    async settled() {
      await poll('Jaeger stores what it was sent', async () => ((await isAllStored(admin)) ? true : undefined));
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** It answers a sender before it stores, but after it has counted. */
async function isAllStored(admin: string): Promise<boolean> {
  const metrics = await (await fetch(`${admin}/metrics`)).text();
  const sum = (metric: string): number =>
    [...metrics.matchAll(new RegExp(`^${metric}\\{.*\\} (.+)$`, 'gm'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  return sum('jaeger_collector_spans_received_total') === sum('jaeger_collector_spans_saved_by_svc_total');
}
