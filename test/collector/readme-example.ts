import { readFileSync } from 'node:fs';
import { freePorts } from '../pipeline/free-ports.ts';
import { poll } from '../pipeline/poll.ts';
import { programPath } from '../pipeline/programs.ts';
import { startService } from '../pipeline/start-service.ts';
import { inlineConfig } from './inline-config.ts';
import { execute, Failure, ROOT } from '../steps.ts';

/** Runs the curl of collector/README.md against config/local.yaml, on free ports, and finds what the README says comes out. */
export async function readmeExampleHolds(): Promise<void> {
  const readme = readFileSync(`${ROOT}collector/README.md`, 'utf8');
  const command = /^curl -s http:\/\/127\.0\.0\.1:4318\/.*$/m.exec(readme)?.[0];
  const [onTerminal, inMetrics] = /```text\n([^`]+)\n```/.exec(readme)?.[1]?.split('\n') ?? [];
  if (command === undefined || onTerminal === undefined || inMetrics === undefined)
    throw new Failure('collector/README.md has no example any more');

  const ports = await freePorts(['grpc', 'http', 'metrics', 'health']);
  await using collector = await startService(
    await programPath('tollgate-collector'),
    [
      '--config',
      'collector/config/local.yaml',
      ...inlineConfig({
        'receivers::otlp::protocols::grpc::endpoint': `127.0.0.1:${ports.grpc}`,
        'receivers::otlp::protocols::http::endpoint': `127.0.0.1:${ports.http}`,
        'exporters::prometheus::endpoint': `127.0.0.1:${ports.metrics}`,
        'extensions::health_check::endpoint': `127.0.0.1:${ports.health}`,
        'service::telemetry::metrics::level': 'none',
      }),
    ],
    { cwd: ROOT, readyUrl: `http://127.0.0.1:${ports.health}` },
  );
  await execute('bash', ['-c', command.replace(':4318', `:${ports.http}`)]);
  await poll(`on the terminal: ${onTerminal}`, async () => isLineOf(collector.log(), onTerminal));
  await poll(`in the metrics: ${inMetrics}`, async () => {
    return isLineOf(await (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`)).text(), inMetrics);
  });
}

/** `…` in the line stands for anything. */
function isLineOf(text: string, line: string): true | undefined {
  const parts = line.split('…');
  return text.split('\n').some((each) => parts.every((part) => each.includes(part))) ? true : undefined;
}
