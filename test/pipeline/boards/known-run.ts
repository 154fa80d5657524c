import { fileURLToPath } from 'node:url';
import type { UsageRow } from '@tollgate/otel';
import { startProvider } from '@tollgate/provider-sim';
import type { DemoResult } from '../../../packages/cli/src/demo/demo-result.ts';
import { runDemo } from '../../demo/run-program.ts';
import { ask } from '../../otel/run-app.ts';
import { ACTS, type ActName } from '../apps/acts.ts';
import { playActs, type PlayedActs } from '../play-acts.ts';
import { poll } from '../poll.ts';
import { exportTo, startPipeline, type Pipeline } from '../start-pipeline.ts';
import type { AttachedSettings } from './attached-app.ts';
import type { TaggedSettings } from './tagged-app.ts';

const RECORDING = fileURLToPath(new URL('../../../dashboards/rules/recording.yml', import.meta.url));

/** What was spent, as those who spent it say, and the pipeline that it went through. */
export interface KnownRun {
  pipeline: Pipeline;
  /** The demo team, held by budgets. */
  demo: DemoResult;
  /** A process in another environment that makes a call of each kind: unknown models, broken streams, retries. Its agents' budgets, by agent and of some, are wider than the company's. */
  acts: PlayedActs;
  /** A process that leaves counting to the Collector, so that no budget is seen to cover it. */
  collected: PlayedActs;
  /** A process whose calls are for a team and a user, and refused from the second on. */
  tagged: UsageRow[];
  /** A process whose metrics go through the app's own MeterProvider, which sends no zero before the only value. */
  attached: UsageRow[];
}

/** Whom the tagged process works for. */
export const TAGS = { team: 'support', user: 'u-1' } as const;

/** Fills a pipeline by both writers: processes that count themselves, and the Collector. */
export async function startKnownRun(): Promise<KnownRun> {
  const pipeline = await startPipeline({
    prometheus: { rules: [RECORDING], flags: ['--enable-feature=exemplar-storage,created-timestamp-zero-ingestion'] },
  });
  const attributes = { 'deployment.environment.name': 'test' };
  const budgets = [
    { name: 'once', limit: { calls: 1 }, window: 'total', match: { agent: 'refused' } },
    { name: 'company-month', limit: { usd: 1000 }, window: 'month' },
    { name: 'agent-day', limit: { usd: 2000 }, window: 'day', by: ['agent'] },
    { name: 'one-agent', limit: { usd: 3000 }, window: 'day', match: { agent: 'refused' } },
    { name: 'some-agents', limit: { usd: 4000 }, window: 'day', match: { agent: ['chat', 'ref*'] } },
  ] as const;
  const [ended, acts, collected, tagged, attached] = await Promise.all([
    runDemo(['--json'], {
      ...pipeline.env(),
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=demo',
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
    }),
    playActs({
      otlpEndpoint: pipeline.otlpEndpoint,
      acts: Object.keys(ACTS) as ActName[],
      options: { serviceName: 'acts', attributes, budgets: [...budgets] },
      env: { OTEL_METRIC_EXPORT_INTERVAL: '1000' },
    }),
    playActs({
      otlpEndpoint: pipeline.otlpEndpoint,
      acts: ['chat', 'cached', 'streamed'],
      options: { serviceName: 'collected', attributes, metrics: 'collector' },
    }),
    runTagged(pipeline.otlpEndpoint),
    runAttached(pipeline.otlpEndpoint),
  ]);
  if (ended.exitCode !== 0) throw new Error(ended.stderr);
  await pipeline.flush();
  await poll('budgets are recorded', async () => {
    const recorded = await pipeline.query('tollgate:budget_forecast{budget="company-day"}');
    return recorded.length > 0 ? true : undefined;
  });
  return { pipeline, demo: JSON.parse(ended.stdout) as DemoResult, acts, collected, tagged, attached };
}

async function runTagged(otlpEndpoint: string): Promise<UsageRow[]> {
  await using openai = await startProvider();
  const settings: TaggedSettings = { openaiBaseUrl: openai.openaiBaseUrl, ...TAGS };
  return await rowsOf('tagged-app.ts', settings, otlpEndpoint);
}

async function runAttached(otlpEndpoint: string): Promise<UsageRow[]> {
  await using openai = await startProvider();
  const settings: AttachedSettings = { openaiBaseUrl: openai.openaiBaseUrl };
  return await rowsOf('attached-app.ts', settings, otlpEndpoint);
}

async function rowsOf(file: string, settings: object, otlpEndpoint: string): Promise<UsageRow[]> {
  const app = fileURLToPath(new URL(file, import.meta.url));
  return (await ask<{ rows: UsageRow[] }>(app, { settings, env: exportTo(otlpEndpoint) })).rows;
}
