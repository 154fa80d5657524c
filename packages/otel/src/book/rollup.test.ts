import { emptyUsage, type CallRecord } from '@tollgate/core';
import { expect, it } from 'vitest';
import { openRollup } from './rollup.ts';

function call(nanoUsd: number | undefined, outcome: CallRecord['outcome'] = 'ok', attempts = 1): CallRecord {
  const usage = { ...emptyUsage(), input: 10, cacheRead: 5, output: 2, reasoning: 1 };
  const cost = { nanoUsd, state: 'reported', origin: 'table', usage, breakdown: {}, flags: [] } as const;
  const names = { id: 'call-1', provider: 'openai', requestModel: 'gpt-5-mini', operation: 'chat', at: {} };
  return { ...names, startedAt: 0, endedAt: 1, outcome, attempts, usage, cost: { ...cost, flags: [] } };
}

it('adds a call to its scope and to every scope around it', () => {
  const agent = openRollup();
  const task = openRollup(agent);
  const step = openRollup(task);
  step.add(call(7, 'ok', 2));
  task.add(call(3));
  expect(step.totals).toEqual({
    calls: 1,
    denied: 0,
    attempts: 2,
    inputTokens: 15,
    outputTokens: 3,
    nanoUsd: 7,
    assumedNanoUsd: 0,
    unpricedCalls: 0,
  });
  expect(task.totals).toMatchObject({ calls: 2, nanoUsd: 10 });
  expect(agent.totals).toEqual(task.totals);
});

it('counts a refused call apart, and a call without a price as unpriced', () => {
  const task = openRollup();
  task.add(call(undefined, 'denied', 0));
  task.add(call(undefined));
  expect(task.totals).toMatchObject({ calls: 1, denied: 1, inputTokens: 15, nanoUsd: 0, unpricedCalls: 1 });
});
