// Draws the overview on the data of a run with Grafana's own components, light and dark, into pictures/. It is no Grafana: the
// frames that a data source would make are made here. Needs Go, Debian's Chromium, and half a gigabyte for the components.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { runDemo } from '../test/demo/run-program.ts';
import { ensureProject } from '../test/on-demand/ensure-project.ts';
import { freePorts } from '../test/pipeline/free-ports.ts';
import { playActs } from '../test/pipeline/play-acts.ts';
import { startPipeline, type Pipeline } from '../test/pipeline/start-pipeline.ts';
import { startService } from '../test/pipeline/start-service.ts';
import { execute } from '../test/steps.ts';
import { toDashboard } from './src/boards/board.ts';
import { overview } from './src/boards/overview.ts';
import { ALL, interpolate } from './src/check/interpolate.ts';

const RUNS = 3;
const STEP_SECONDS = 2;
const RECORDING = fileURLToPath(new URL('rules/recording.yml', import.meta.url));
const PICTURES = fileURLToPath(new URL('pictures/', import.meta.url));

interface Target {
  refId: string;
  expr: string;
  instant: boolean;
}

const project = await ensureProject('grafana-ui');
await cp(fileURLToPath(new URL('drawing/', import.meta.url)), `${project}/page`, { recursive: true });
const run = await work();
await execute('node', ['node_modules/vite/bin/vite.js', 'build', 'page', '--outDir', '../built', '--emptyOutDir'], {
  cwd: project,
});
await writeFile(`${project}/built/run.json`, JSON.stringify(run));
await draw();

/** The team at work, beside a process that no budget covers, and what the board's panels are answered afterwards. */
async function work(): Promise<object> {
  await using pipeline = await startPipeline({ prometheus: { rules: [RECORDING] } });
  const start = Date.now() / 1000;
  const env = { ...pipeline.env(), OTEL_METRIC_EXPORT_INTERVAL: '2000' };
  for (let done = 0; done < RUNS; done += 1) await runDemo(['--json'], env);
  const options = { serviceName: 'batch', metrics: 'collector' } as const;
  await playActs({ otlpEndpoint: pipeline.otlpEndpoint, acts: ['chat', 'cached', 'streamed'], options });
  await pipeline.flush();
  const board = toDashboard(overview);
  const end = Date.now() / 1000;
  const answers: Record<string, unknown> = {};
  for (const panel of board.panels ?? []) {
    for (const target of ((panel as Panel).targets ?? []) as unknown as Target[]) {
      answers[`${panel.id}${target.refId}`] = await answer(pipeline, target, { start, end });
    }
  }
  return { board, answers, start, end };
}

async function answer(
  { prometheusUrl }: Pick<Pipeline, 'prometheusUrl'>,
  { expr, instant }: Target,
  { start, end }: { start: number; end: number },
): Promise<unknown> {
  const range = { __range: `${Math.ceil(end - start)}s`, __rate_interval: '20s' };
  const times = instant ? { time: end } : { start, end, step: STEP_SECONDS };
  const body = new URLSearchParams({ query: interpolate(expr, { ...ALL, ...range }) });
  for (const [name, value] of Object.entries(times)) body.set(name, String(value));
  const response = await fetch(`${prometheusUrl}/api/v1/${instant ? 'query' : 'query_range'}`, {
    method: 'POST',
    body,
  });
  const { data } = (await response.json()) as { data: { result: unknown } };
  return data.result;
}

async function draw(): Promise<void> {
  const { http } = await freePorts(['http']);
  const url = `http://127.0.0.1:${http}/`;
  const args = ['node_modules/vite/bin/vite.js', 'preview', 'page', '--outDir', '../built', '--host', '127.0.0.1'];
  const server = await startService(process.execPath, [...args, '--port', String(http), '--strictPort'], {
    cwd: project,
    readyUrl: url,
  });
  try {
    await mkdir(PICTURES, { recursive: true });
    for (const theme of ['dark', 'light']) await take(`${url}?theme=${theme}`, `overview-${theme}.png`);
  } finally {
    await server.stop();
  }
}

async function take(url: string, name: string): Promise<void> {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--window-size=1600,1420'];
  await execute('chromium', [...flags, '--virtual-time-budget=20000', `--screenshot=${PICTURES}${name}`, url]);
}
