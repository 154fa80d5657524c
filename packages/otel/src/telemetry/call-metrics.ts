import { nanoToUsd, type CallRecord } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import type { CallStart } from './telemetry.ts';
import { recordInference, type EndedCall } from './inference-metrics.ts';
import type { LabelSet, LabelSets } from './label-sets.ts';
import type { Recorder } from './recorder.ts';
import { TOKEN_KINDS } from './token-kinds.ts';

/** Why a figure of a call is not known for sure, as the flags of its cost name it. The rest of the flags say nothing about the price. */
const UNPRICED_FLAGS = new Set(['unknown_model', 'no_usage', 'no_provider', 'tier_unknown', 'no_cache_split']);

/** Where calls are counted: one recorder, and the label sets that it shares with nobody. */
export interface CallMetrics {
  /** Counts a call as running, until what comes back is called. */
  opened(call: CallStart): () => void;
  /** Counts a call that is over, denied ones included. `failedAttempts`: HTTP requests of it that gave no answer to use. */
  recordCall(call: EndedCall, failedAttempts: number): void;
  /** Counts an outermost task that has ended. */
  taskEnded(task: EndedTask): void;
}

/** An outermost task that has ended. */
export interface EndedTask {
  agent: string | undefined;
  taskType: string | undefined;
  nanoUsd: number;
  outcome: 'ok' | 'error' | 'refused';
}

/** Counts calls and tasks into `recorder`. */
export function createCallMetrics(recorder: Recorder, sets: LabelSets, older: boolean): CallMetrics {
  return {
    opened({ at, requestModel }) {
      const { attributes } = sets.of([KEY.agent, at.agent], [KEY.requestModel, requestModel]);
      recorder.add('tollgate.calls.in_flight', 1, attributes);
      return () => recorder.add('tollgate.calls.in_flight', -1, attributes);
    },
    recordCall(call, failedAttempts) {
      const { record } = call;
      const labels = sets.ofCall(record as CallRecord & { responseModel: string | undefined });
      recorder.add('tollgate.calls', 1, labels.with(KEY.outcome, record.outcome).attributes);
      if (record.outcome === 'denied') return;
      recordAttempts(recorder, labels, record.attempts, failedAttempts);
      recorder.record('tollgate.call.duration', (record.endedAt - record.startedAt) / 1000, labels.attributes);
      recordSpend(recorder, labels, record);
      recordUnpriced(recorder, sets, record);
      recordInference({ recorder, sets, older }, call);
    },
    taskEnded({ agent, taskType, nanoUsd, outcome }) {
      const labels = sets.of([KEY.agent, agent], [KEY.taskType, taskType]);
      recorder.add('tollgate.tasks', 1, labels.with(KEY.outcome, outcome).attributes);
      recorder.record('tollgate.task.cost', nanoToUsd(nanoUsd), labels.attributes);
    },
  };
}

function recordAttempts(recorder: Recorder, labels: LabelSet, attempts: number, failed: number): void {
  if (attempts > failed)
    recorder.add('tollgate.attempts', attempts - failed, labels.with(KEY.outcome, 'ok').attributes);
  if (failed > 0) recorder.add('tollgate.attempts', failed, labels.with(KEY.outcome, 'error').attributes);
}

function recordSpend(recorder: Recorder, labels: LabelSet, { cost, usage, assumedNanoUsd }: CallRecord): void {
  const stated = labels.with(KEY.state, cost.state);
  if (cost.nanoUsd !== undefined) recorder.add('tollgate.cost', cost.nanoUsd, stated.attributes);
  if (assumedNanoUsd !== undefined && assumedNanoUsd > 0) {
    recorder.add(
      'tollgate.cost.assumed',
      assumedNanoUsd,
      labels.with(KEY.reason, unpricedReason(cost.flags)).attributes,
    );
  }
  for (const [kind, read] of TOKEN_KINDS) {
    const tokens = read(usage);
    if (tokens > 0) recorder.add('tollgate.tokens', tokens, stated.with(KEY.kind, kind).attributes);
  }
}

function recordUnpriced(recorder: Recorder, sets: LabelSets, { cost, provider, requestModel }: CallRecord): void {
  for (const flag of cost.flags) {
    if (!UNPRICED_FLAGS.has(flag)) continue;
    const labels = sets.of([KEY.reason, flag], [KEY.provider, provider], [KEY.requestModel, requestModel]);
    recorder.add('tollgate.unpriced', 1, labels.attributes);
  }
}

function unpricedReason(flags: readonly string[]): string {
  return flags.find((flag) => UNPRICED_FLAGS.has(flag)) ?? 'unknown_model';
}
