import type { CallRecord } from '@tollgate/core';
import { totalInput, totalOutput } from '@tollgate/core';

/** What the calls beneath one agent, task or step add up to. Integers. */
export interface RollupTotals {
  calls: number;
  denied: number;
  attempts: number;
  inputTokens: number;
  outputTokens: number;
  nanoUsd: number;
  assumedNanoUsd: number;
  unpricedCalls: number;
}

/** Collects the calls of one scope; each is also added to all scopes around it. */
export interface Rollup {
  readonly totals: Readonly<RollupTotals>;
  add(record: CallRecord): void;
}

/** Opens the roll-up of a scope inside `parent`. Calls that end after the scope has ended still count, here and outside. */
export function openRollup(parent?: Rollup): Rollup {
  const totals: RollupTotals = {
    calls: 0,
    denied: 0,
    attempts: 0,
    inputTokens: 0,
    outputTokens: 0,
    nanoUsd: 0,
    assumedNanoUsd: 0,
    unpricedCalls: 0,
  };
  return {
    totals,
    add(record) {
      addCall(totals, record);
      parent?.add(record);
    },
  };
}

function addCall(totals: RollupTotals, record: CallRecord): void {
  if (record.outcome === 'denied') totals.denied += 1;
  totals.attempts += record.attempts;
  if (record.outcome === 'denied' && record.attempts === 0) return;
  totals.calls += 1;
  totals.inputTokens += totalInput(record.usage);
  totals.outputTokens += totalOutput(record.usage);
  totals.assumedNanoUsd += record.assumedNanoUsd ?? 0;
  if (record.cost.nanoUsd === undefined) totals.unpricedCalls += 1;
  else totals.nanoUsd += record.cost.nanoUsd;
}
