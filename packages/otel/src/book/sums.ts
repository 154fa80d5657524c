import { addUsage, emptyUsage, type CallRecord, type Usage, type UsageRow } from '@tollgate/core';

/** What calls add up to: a `UsageRow` without the question that it answers. Integers, so that any grouping of them is exact. */
export type Sums = Omit<UsageRow, 'by'>;

const NO_TOOLS: Usage['tools'] = Object.freeze({});
const NO_SUB_CALLS: Usage['subCalls'] = [];

/** The sums of no call. */
export function noSums(): Sums {
  return {
    calls: 0,
    denied: 0,
    attempts: 0,
    usage: noUsage(),
    nanoUsd: 0,
    estimatedNanoUsd: 0,
    assumedNanoUsd: 0,
    unpricedCalls: 0,
  };
}

/**
 * Adds one call. `calls` counts what was let through and `denied` what was refused, so a refused call is not in `calls`,
 * unless it was refused between two attempts: then it is in both, because it did cost something.
 */
export function addCall(sums: Sums, record: CallRecord): void {
  const sent = record.outcome !== 'denied' || record.attempts > 0;
  if (record.outcome === 'denied') sums.denied += 1;
  sums.attempts += record.attempts;
  sums.assumedNanoUsd += record.assumedNanoUsd ?? 0;
  if (!sent) return;
  sums.calls += 1;
  addUsageByModel(sums.usage, record.usage);
  const { nanoUsd, state } = record.cost;
  if (nanoUsd === undefined) sums.unpricedCalls += 1;
  else {
    sums.nanoUsd += nanoUsd;
    if (state !== 'reported') sums.estimatedNanoUsd += nanoUsd;
  }
}

/** Adds `more` to `sums` in place. */
export function addSums(sums: Sums, more: Sums): void {
  sums.calls += more.calls;
  sums.denied += more.denied;
  sums.attempts += more.attempts;
  sums.nanoUsd += more.nanoUsd;
  sums.estimatedNanoUsd += more.estimatedNanoUsd;
  sums.assumedNanoUsd += more.assumedNanoUsd;
  sums.unpricedCalls += more.unpricedCalls;
  addUsageByModel(sums.usage, more.usage);
}

/**
 * Keeps one sub-call per model: appended one by one, as `addUsage` does it, they would grow with the number of calls.
 * Most sums have neither tools nor sub-calls, and share the empty ones.
 */
function addUsageByModel(sum: Usage, more: Usage): void {
  if (sum.tools === NO_TOOLS && Object.keys(more.tools).length > 0) sum.tools = {};
  if (more.subCalls.length === 0) return addUsage(sum, more);
  const byModel = new Map<string, Usage>();
  for (const { model, usage } of [...sum.subCalls, ...more.subCalls]) {
    const known = byModel.get(model) ?? noUsage();
    addUsageByModel(known, usage);
    byModel.set(model, known);
  }
  addUsage(sum, { ...more, subCalls: [] });
  sum.subCalls = [...byModel].map(([model, usage]) => ({ model, usage }));
}

function noUsage(): Usage {
  return { ...emptyUsage(), tools: NO_TOOLS, subCalls: NO_SUB_CALLS };
}
