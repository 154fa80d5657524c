import { emptyUsage, type Standing, type UsageRow } from '@tollgate/core';
import type { ViewState } from './view-state.ts';

const USD = 1_000_000_000;

function row(by: UsageRow['by'], usd: number, calls: number, denied: number = 0): UsageRow {
  return {
    by,
    calls,
    denied,
    attempts: calls + 1,
    usage: { ...emptyUsage(), input: calls * 1_000, output: calls * 120 },
    nanoUsd: usd * USD,
    estimatedNanoUsd: 0,
    assumedNanoUsd: 0,
    unpricedCalls: 0,
  };
}

function standing(
  budget: string,
  account: Standing['account'],
  usd: [spent: number, reserved: number, limit: number],
): Standing {
  const [spent, reserved, limit] = usd;
  return {
    budget,
    key: budget,
    account,
    window: 'day',
    asOf: 0,
    reach: 'process',
    store: 'memory',
    limit: { nanoUsd: limit * USD },
    spent: { nanoUsd: spent * USD },
    reserved: { nanoUsd: reserved * USD },
    remaining: { nanoUsd: Math.max(0, limit - spent - reserved) * USD },
    closed: spent >= limit,
  };
}

/** A run in which the looping agent has just been refused: what the tests of the view draw. */
export function sampleState(): ViewState {
  return {
    by: {
      agent: [
        row({ agent: 'looper' }, 0.02, 20, 2),
        row({ agent: 'researcher' }, 0.0125, 6),
        row({ agent: 'writer' }, 0.003, 3),
      ],
      task: [
        row({ task: 'T-3' }, 0.02, 20, 2),
        ...['T-1', 'T-2', 'T-4', 'T-5', 'T-6'].map((task, n) => row({ task }, 0.005 - n * 0.001, 2)),
        row({}, 0.0005, 1),
      ],
      step: [row({ step: 'retry' }, 0.02, 20, 2), row({ step: 'search' }, 0.0125, 6), row({}, 0.003, 3)],
      model: [row({ model: 'gpt-5-mini' }, 0.0325, 26, 2), row({ model: 'claude-haiku-4-5' }, 0.003, 3)],
    },
    budgets: [
      standing('whole-run', {}, [0.0355, 0.002, 0.5]),
      standing('agent-day', { agent: 'researcher' }, [0.0125, 0.001, 0.015]),
      standing('one-task', { task: 'T-3' }, [0.02, 0, 0.02]),
    ],
    denials: [
      { budget: 'one-task', account: { task: 'T-3' }, reason: 'exhausted', at: 1_000 },
      { budget: 'one-task', account: { task: 'T-3' }, reason: 'exhausted', at: 2_000 },
    ],
    warnings: [{ budget: 'agent-day', account: { agent: 'researcher' }, threshold: 0.8 }],
    instrumented: [
      { module: 'openai', version: '7.57.0', format: 'esm', state: 'hooked' },
      { module: '@anthropic-ai/sdk', version: '1.12.0', format: 'esm', state: 'hooked' },
    ],
  };
}

/** The first moment of a run. */
export function emptyState(): ViewState {
  return { by: { agent: [], task: [], step: [], model: [] }, budgets: [], denials: [], warnings: [], instrumented: [] };
}
