import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTS, NEVER_EXACT, type ActName } from './apps/acts.ts';
import { playActs, type PlayedActs } from './play-acts.ts';
import { countedBy, nanoUsdOn, totalNanoUsd } from './series.ts';
import { startPipeline, type Pipeline } from './start-pipeline.ts';

const ACT_NAMES = Object.keys(ACTS) as ActName[];

interface Run {
  pipeline: Pipeline;
  played: PlayedActs;
}

async function play(metrics: 'process' | 'collector'): Promise<Run> {
  const pipeline = await startPipeline();
  const played = await playActs({
    otlpEndpoint: pipeline.otlpEndpoint,
    acts: ACT_NAMES,
    options: {
      metrics,
      serviceName: 'acts',
      attributes: { 'deployment.environment.name': 'test' },
      budgets: [{ name: 'once', limit: { calls: 1 }, window: 'total', match: { agent: 'refused' } }],
    },
  });
  await pipeline.flush();
  return { pipeline, played };
}

const runs = {} as Record<'process' | 'collector', Run>;
beforeAll(async () => {
  await Promise.all((['process', 'collector'] as const).map(async (metrics) => (runs[metrics] = await play(metrics))));
});
afterAll(() => Promise.all(Object.values(runs).map(({ pipeline }) => pipeline.stop())));

describe.each(['process', 'collector'] as const)('calls of each kind, counted by the %s', (metrics) => {
  test('cost on spans and in Prometheus what the ledger says', async () => {
    const { pipeline, played } = runs[metrics];
    expect(played.nanoUsd).toBeGreaterThan(20_000_000);
    expect(nanoUsdOn(await pipeline.spans('acts'))).toBe(played.nanoUsd);
    expect(await totalNanoUsd(pipeline)).toBe(played.nanoUsd);
  });

  test.each(ACT_NAMES.filter((act) => !NEVER_EXACT.includes(act)))('cost what the provider bills: %s', async (act) => {
    const { pipeline, played } = runs[metrics];
    const [sample] = await pipeline.query(`sum(tollgate_cost_total{gen_ai_agent_name="${act}"})`);
    expect(Math.round((sample?.value ?? 0) * 1e9)).toBe(played.billed[act]);
  });
});

test.each([
  'tollgate_cost_total',
  'tollgate_tokens_total',
  'tollgate_calls_total',
  'tollgate_call_duration_seconds_count',
  'tollgate_unpriced_total',
])('the same calls leave the same %s whoever counts them', async (metric) => {
  const byProcess = await countedBy(runs.process.pipeline, metric);
  expect(Object.keys(byProcess)).not.toEqual([]);
  expect(await countedBy(runs.collector.pipeline, metric)).toEqual(byProcess);
});

test('durations fall into the same buckets whoever counts them', async () => {
  const [byProcess, byCollector] = await Promise.all(
    [runs.process, runs.collector].map(({ pipeline }) =>
      pipeline.query('count by (le) (tollgate_call_duration_seconds_bucket)'),
    ),
  );
  expect(byProcess).not.toEqual([]);
  expect(byCollector).toEqual(byProcess);
});
