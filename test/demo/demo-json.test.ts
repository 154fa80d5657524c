import { beforeAll, describe, expect, test } from 'vitest';
import type { DemoResult } from '../../packages/cli/src/demo/demo-result.ts';
import { demoResultShape } from './demo-result-shape.ts';
import { runDemo, type Ended } from './run-program.ts';

let ended: Ended;
let result: DemoResult;

beforeAll(async () => {
  ended = await runDemo(['--json']);
  result = JSON.parse(ended.stdout) as DemoResult;
});

describe('the demo with --json', () => {
  test('ends well within 30 seconds', () => {
    expect(ended.exitCode, ended.stderr).toBe(0);
    expect(ended.ms).toBeLessThan(30_000);
  });

  test('prints a DemoResult and nothing else', () => {
    expect(demoResultShape(result, 'result')).toEqual([]);
  });

  test('counts to the nano-USD what the provider servers bill, and every request', () => {
    expect(result.ledger.nanoUsd).toBeGreaterThan(10_000_000);
    expect(result.ledger.nanoUsd).toBe(result.server.nanoUsd);
    expect(result.ledger.attempts).toBe(result.server.requests);
  });

  test('has the same sums in every dimension', () => {
    const { agent, task, step, model } = result.by;
    const sums = [agent, task, step, model].map((rows) =>
      rows.reduce((sum, { nanoUsd, calls }) => ({ nanoUsd: sum.nanoUsd + nanoUsd, calls: sum.calls + calls }), {
        nanoUsd: 0,
        calls: 0,
      }),
    );
    const { nanoUsd, calls } = result.ledger;
    expect(sums).toEqual(sums.map(() => ({ nanoUsd, calls })));
  });

  test('is refused once, by the budget of the task that loops', () => {
    const { at: _at, ...denial } = result.denials[0] ?? { at: 0 };
    expect(result.denials).toHaveLength(1);
    expect(denial).toEqual({ budget: 'one-task', account: { task: 'P-1' }, reason: 'exhausted' });
    const refused = result.by.task.filter((row) => row.denied > 0);
    expect(refused.map(({ by, denied }) => ({ by, denied }))).toEqual([{ by: { task: 'P-1' }, denied: 1 }]);
    const standing = result.budgets.find(({ budget, account }) => budget === 'one-task' && account.task === 'P-1');
    expect(standing?.closed).toBe(true);
    expect(standing?.spent.nanoUsd).toBeLessThanOrEqual(standing?.limit.nanoUsd ?? 0);
  });

  test('shows four agents at four tasks in seven steps, on both SDKs', () => {
    const names = (dimension: 'agent' | 'task' | 'step'): Set<string | undefined> =>
      new Set(result.by[dimension].map(({ by }) => by[dimension]));
    expect(names('agent')).toEqual(new Set(['critic', 'planner', 'researcher', 'writer']));
    expect(names('task')).toEqual(new Set(['B-1', 'B-2', 'B-3', 'P-1']));
    expect(names('step')).toEqual(new Set(['draft', 'headline', 'judge', 'plan', 'read', 'revise', 'verify']));
    const hooked = result.instrumented.filter(({ state }) => state === 'hooked');
    expect(new Set(hooked.map(({ module }) => module))).toEqual(new Set(['@anthropic-ai/sdk', 'openai']));
  });

  test('shows retries, cached tokens and nothing that is estimated or still reserved', () => {
    const of = (agent: string): DemoResult['by']['agent'][number] | undefined =>
      result.by.agent.find(({ by }) => by.agent === agent);
    expect(of('researcher')?.attempts).toBe((of('researcher')?.calls ?? 0) + 1);
    expect(of('writer')?.attempts).toBe((of('writer')?.calls ?? 0) + 1);
    expect(of('researcher')?.usage.cacheRead).toBeGreaterThan(0);
    expect(of('researcher')?.usage.cacheWrite5m).toBeGreaterThan(0);
    expect(of('planner')?.usage.reasoning).toBeGreaterThan(0);
    expect(result.by.agent.map(({ estimatedNanoUsd }) => estimatedNanoUsd)).toEqual([0, 0, 0, 0]);
    expect(result.budgets.flatMap(({ reserved }) => Object.values(reserved)).filter((held) => held > 0)).toEqual([]);
  });
});
