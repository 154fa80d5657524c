// `npm run dashboards`: a Collector, a Prometheus with the rules, and a Jaeger, with the demo team at work until Ctrl+C. Grafana
// cannot be installed from here: it is told where to look. Needs Go for the first build.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { runDemo } from '../test/demo/run-program.ts';
import { startPipeline, type Pipeline } from '../test/pipeline/start-pipeline.ts';

const ROOT = new URL('../', import.meta.url);
const RULES = ['recording', 'pages', 'tickets'].map((name) =>
  fileURLToPath(new URL(`rules/${name}.yml`, import.meta.url)),
);
const FLAGS = ['--enable-feature=exemplar-storage,created-timestamp-zero-ingestion'];
const PROVISIONING = '.cache/grafana/provisioning';

interface DataSources {
  datasources: { type: string; name: string; url: string }[];
}

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

say('Starting; the first time, programs are built for some minutes …');
await using pipeline = await startPipeline({ prometheus: { rules: RULES, evaluationInterval: '5s', flags: FLAGS } });
provision(pipeline);
say(addresses(pipeline));
await work(pipeline.env(), stopped.signal);
say('Stopping …');

/** One run of the team after the other; each is a process of its own, as agents are. */
async function work(exporting: Record<string, string>, signal: AbortSignal): Promise<void> {
  for (let runs = 1; !signal.aborted; runs += 1) {
    const { exitCode, stderr } = await runDemo(['--json'], {
      ...exporting,
      OTEL_METRIC_EXPORT_INTERVAL: '5000',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=demo',
    });
    if (!signal.aborted) say(exitCode === 0 ? `Runs of the team: ${runs}` : `The team has failed:\n${stderr}`);
  }
}

/** What the deployment provisions, with the addresses of this run. Traces are in Jaeger, so exemplars lead there. */
function provision({ prometheusUrl, jaegerUrl }: Pipeline): void {
  const deployed = (kind: string): string =>
    readFileSync(new URL(`grafana/provisioning/${kind}/tollgate.yaml`, import.meta.url), 'utf8');
  const sources = parse(deployed('datasources')) as DataSources;
  for (const source of sources.datasources) {
    source.url = source.type === 'prometheus' ? prometheusUrl : jaegerUrl;
    if (source.type === 'tempo') Object.assign(source, { type: 'jaeger', name: 'Jaeger' });
  }
  write('datasources', stringify(sources));
  write('dashboards', deployed('dashboards'));
}

function write(kind: string, text: string): void {
  const folder = new URL(`${PROVISIONING}/${kind}/`, ROOT);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('tollgate.yaml', folder), text);
}

function addresses({ otlpEndpoint, prometheusUrl, jaegerUrl }: Pipeline): string {
  const root = fileURLToPath(ROOT);
  return `
Prometheus   ${prometheusUrl}   alerts: ${prometheusUrl}/alerts
Jaeger       ${jaegerUrl}
Collector    ${otlpEndpoint}   (OTLP over HTTP: OTEL_EXPORTER_OTLP_ENDPOINT of your own agents)

A Grafana with the boards, at http://127.0.0.1:3000:
  docker run --rm --network host \\
    -e GF_AUTH_ANONYMOUS_ENABLED=true \\
    -v ${root}${PROVISIONING}:/etc/grafana/provisioning:ro \\
    -v ${root}dashboards/grafana/dashboards:/etc/grafana/dashboards:ro \\
    grafana/grafana:13.2.0
The board of tasks needs Tempo, which speaks TraceQL: it is in collector/deploy/compose.yaml.
The team spends without a break: TollgateFastBurn pages after some minutes, as it should.
Ctrl+C stops everything.
`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
