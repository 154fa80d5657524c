import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startProvider, type BillLine, type Script } from '@tollgate/provider-sim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { execute, ROOT } from '../steps.ts';
import { ensurePython, missingPython } from './ensure-python.ts';
import type { StoredSpan } from './jaeger-api.ts';
import { nanoUsdOn, toNanoUsd, totalNanoUsd } from './series.ts';
import { exportTo, startPipeline, type Pipeline } from './start-pipeline.ts';

const AGENT = fileURLToPath(new URL('python/agent.py', import.meta.url));
const missing = missingPython();
const script: Script = ({ prompt }) =>
  prompt === 'chat' ? { usage: { input: 86, cacheRead: 1920, output: 300 } } : undefined;

interface Run {
  pipeline: Pipeline;
  spans: StoredSpan[];
  billedNanoUsd: number;
  bill: readonly BillLine[];
  /** Those that have an amount. */
  priced: StoredSpan[];
}

/** The code that collector/README.md tells people to paste. */
async function recipe(): Promise<string> {
  const readme = await readFile(`${ROOT}collector/README.md`, 'utf8');
  const code = /```python\n(.*?)```/s.exec(readme)?.[1];
  if (code === undefined) throw new Error('collector/README.md has no Python in it');
  return code;
}

async function play(...emitters: string[]): Promise<Run> {
  const pipeline = await startPipeline();
  await using provider = await startProvider({ script });
  await execute(await ensurePython(), [AGENT, ...emitters], {
    env: {
      PATH: process.env['PATH'],
      ...exportTo(pipeline.otlpEndpoint),
      OTEL_SERVICE_NAME: 'python',
      OPENAI_BASE_URL: provider.openaiBaseUrl,
      RECIPE: await recipe(),
    },
  });
  await pipeline.flush();
  const spans = await pipeline.spans('python');
  return {
    pipeline,
    spans,
    billedNanoUsd: provider.bill.nanoUsd,
    bill: provider.bill.lines,
    priced: spans.filter(({ attributes }) => 'gen_ai.usage.cost.amount' in attributes),
  };
}

test('the recipe for Python is ten lines at most', async () => {
  const lines = (await recipe()).split('\n').filter((line) => line.trim() !== '');
  expect(lines.length).toBeLessThanOrEqual(10);
});

describe.each(['openinference', 'traceloop'])('a Python agent with %s', (emitter) => {
  let run: Run;
  beforeAll(async () => {
    if (missing === undefined) run = await play(emitter);
  }, 180_000);
  afterAll(() => (missing === undefined ? run.pipeline.stop() : undefined));

  test('costs on its spans and in Prometheus what the provider bills', async ({ skip }) => {
    skip(missing !== undefined, missing);
    expect(run.billedNanoUsd).toBeGreaterThan(0);
    expect(nanoUsdOn(run.priced)).toBe(run.billedNanoUsd);
    expect(await totalNanoUsd(run.pipeline)).toBe(run.billedNanoUsd);
  });

  test('has the agent, task and step of the baggage on each span that has a price', ({ skip }) => {
    skip(missing !== undefined, missing);
    expect(run.priced).toHaveLength(3);
    for (const { attributes } of run.priced) {
      expect(attributes).toMatchObject({
        'gen_ai.agent.name': 'triager',
        'tollgate.task.id': 'T-1',
        'tollgate.task.type': 'triage',
        'tollgate.step.name': 'classify',
      });
    }
  });

  test('takes no mark from the baggage of who calls it', ({ skip }) => {
    skip(missing !== undefined, missing);
    for (const { attributes } of run.spans) {
      expect(attributes).not.toHaveProperty(['tollgate.metered']);
      expect(attributes).not.toHaveProperty(['tollgate.billing']);
    }
  });

  test('is counted by agent, task type and step', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const labels = 'gen_ai_agent_name="triager", tollgate_task_type="triage", tollgate_step_name="classify"';
    const [sample] = await run.pipeline.query(`sum(tollgate_calls_total{${labels}, outcome="ok"})`);
    expect(sample?.value).toBe(3);
  });
});

test('a Python agent with two emitters at once is charged once for what both tell of', async ({ skip }) => {
  skip(missing !== undefined, missing);
  const { pipeline, bill } = await play('openinference', 'traceloop');
  // Not the call by Responses: there, each emitter begins a trace of its own, and nothing says that they tell of one call.
  const chats = bill.filter(({ route }) => route === 'chat.completions');
  const [sample] = await pipeline.query('sum(tollgate_cost_total{gen_ai_request_model=~"gpt-4o.*"})');
  expect(chats).toHaveLength(2);
  expect(toNanoUsd(sample?.value)).toBe(chats.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0));
  await pipeline.stop();
});
