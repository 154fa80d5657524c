import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoResult } from '../../packages/cli/src/demo/demo-result.ts';
import { runDemo } from '../demo/run-program.ts';
import { COST, costBy, countedBy, nanoUsdOn, totalNanoUsd } from './series.ts';
import { startPipeline, type Pipeline } from './start-pipeline.ts';

interface Run {
  pipeline: Pipeline;
  result: DemoResult;
}

async function play(metrics: 'process' | 'collector'): Promise<Run> {
  const pipeline = await startPipeline();
  const { stdout, stderr, exitCode } = await runDemo(['--json'], { ...pipeline.env(), TOLLGATE_METRICS: metrics });
  expect(exitCode, stderr).toBe(0);
  await pipeline.flush();
  return { pipeline, result: JSON.parse(stdout) as DemoResult };
}

const runs = {} as Record<'process' | 'collector', Run>;
beforeAll(async () => {
  await Promise.all((['process', 'collector'] as const).map(async (metrics) => (runs[metrics] = await play(metrics))));
});
afterAll(() => Promise.all(Object.values(runs).map(({ pipeline }) => pipeline.stop())));

describe.each(['process', 'collector'] as const)('the demo, counted by the %s', (metrics) => {
  test('has spent the same at the provider server, in its ledger, on its spans and in Prometheus', async () => {
    const { pipeline, result } = runs[metrics];
    expect(result.server.nanoUsd).toBeGreaterThan(0);
    expect({
      ledger: result.ledger.nanoUsd,
      spans: nanoUsdOn(await pipeline.spans('tollgate-demo')),
      prometheus: await totalNanoUsd(pipeline),
    }).toEqual({ ledger: result.server.nanoUsd, spans: result.server.nanoUsd, prometheus: result.server.nanoUsd });
  });

  test('has each of its series equal to the spans with these labels', async () => {
    const { pipeline } = runs[metrics];
    const counted = await countedBy(pipeline, COST);
    expect(Object.keys(counted).length).toBeGreaterThan(5);
    expect(counted).toEqual(costBy(await pipeline.spans('tollgate-demo')));
  });

  test('has each agent equal to its row of the ledger', async () => {
    const { pipeline, result } = runs[metrics];
    const rows = result.by.agent.map(({ by, nanoUsd }) => [JSON.stringify({ gen_ai_agent_name: by.agent }), nanoUsd]);
    const samples = await pipeline.query(`sum by (gen_ai_agent_name) (${COST})`);
    const agents = samples.map(({ labels, value }) => [JSON.stringify(labels), Math.round(value * 1e9)]);
    expect(Object.fromEntries(agents)).toEqual(Object.fromEntries(rows));
  });
});

test.each([COST, 'tollgate_tokens_total', 'tollgate_calls_total', 'tollgate_call_duration_seconds_count'])(
  'the demo leaves the same %s whoever counts it',
  async (metric) => {
    const byProcess = await countedBy(runs.process.pipeline, metric);
    expect(Object.keys(byProcess)).not.toEqual([]);
    expect(await countedBy(runs.collector.pipeline, metric)).toEqual(byProcess);
  },
);
