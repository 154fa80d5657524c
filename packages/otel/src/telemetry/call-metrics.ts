import { nanoToUsd, type Attribution, type CallRecord } from '@tollgate/core';
import { KEY, type AttributeKey } from '../conventions.ts';
import { CallSeries } from './call-series.ts';
import { InferenceSeries, type EndedCall } from './inference-metrics.ts';
import type { LabelSet, LabelSets } from './label-sets.ts';
import type { Recorder, Tally } from './recorder.ts';
import type { TaskCalls } from './task-calls.ts';
import type { CallStart } from './telemetry.ts';
import { unpricedFlags } from './unpriced-flags.ts';

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

/** Counts calls and tasks into `recorder`. `older`: also by the names that the conventions had until 2026. */
export function createCallMetrics(recorder: Recorder, sets: LabelSets, tasks: TaskCalls, older: boolean): CallMetrics {
  // Attributions are frozen and shared by all calls of a scope, so most calls find their series without building a key.
  const running = new WeakMap<Attribution, Running>();
  const recent = new WeakMap<Attribution, Kind>();

  function runningOf({ at, requestModel }: CallStart): Running {
    const known = running.get(at);
    if (known !== undefined && known.requestModel === requestModel) return known;
    const { attributes } = sets.of([KEY.agent, at.agent], [KEY.requestModel, requestModel]);
    const found = { requestModel, tally: recorder.tally('tollgate.calls.in_flight', attributes) };
    if (Object.isFrozen(at)) running.set(at, found);
    return found;
  }

  function kindOf({ record, server }: EndedCall): Kind {
    const known = recent.get(record.at);
    if (known !== undefined && isOf(known, record, server)) return known;
    tasks.called(record.at);
    const { provider, requestModel, responseModel, operation } = record;
    const of = { provider, requestModel, responseModel, operation, server };
    const found: Kind = {
      ...of,
      calls: new CallSeries(recorder, sets.ofCall({ at: record.at, provider, requestModel, responseModel })),
      inference: new InferenceSeries(recorder, sets.of(...inferenceLabels(record, server)), older),
    };
    if (Object.isFrozen(record.at)) recent.set(record.at, found);
    return found;
  }

  return {
    opened(call) {
      const { tally } = runningOf(call);
      tally?.add(1);
      return () => tally?.add(-1);
    },
    recordCall(call, failedAttempts) {
      const { record, details } = call;
      const { calls, inference } = kindOf(call);
      calls.addCall(record.outcome);
      if (record.outcome === 'denied') return tasks.denied(record);
      calls.addAttempts('ok', record.attempts - failedAttempts);
      calls.addAttempts('error', failedAttempts);
      recorder.record('tollgate.call.duration', (record.endedAt - record.startedAt) / 1000, calls.labels.attributes);
      calls.addSpend(record);
      recordAssumed(recorder, calls.labels, record);
      recordUnpriced(recorder, sets, record);
      inference.record(record, details);
    },
    taskEnded: (task) => recordTask(recorder, sets, task),
  };
}

function recordTask(recorder: Recorder, sets: LabelSets, { agent, taskType, nanoUsd, outcome }: EndedTask): void {
  const labels = sets.of([KEY.agent, agent], [KEY.taskType, taskType]);
  recorder.add('tollgate.tasks', 1, labels.with(KEY.outcome, outcome).attributes);
  recorder.record('tollgate.task.cost', nanoToUsd(nanoUsd), labels.attributes);
}

/** The calls of an agent and a model that run now. */
interface Running {
  readonly requestModel: string;
  readonly tally: Tally | undefined;
}

/** Calls of one attribution that have the same labels, and where they are counted. */
interface Kind extends Pick<CallRecord, 'provider' | 'requestModel' | 'responseModel' | 'operation'> {
  readonly server: CallStart['server'];
  readonly calls: CallSeries;
  readonly inference: InferenceSeries;
}

function isOf(kind: Kind, record: CallRecord, server: CallStart['server']): boolean {
  return (
    kind.requestModel === record.requestModel &&
    kind.responseModel === record.responseModel &&
    kind.provider === record.provider &&
    kind.operation === record.operation &&
    kind.server?.address === server?.address &&
    kind.server?.port === server?.port
  );
}

function inferenceLabels(
  { operation, provider, requestModel, responseModel }: CallRecord,
  server: CallStart['server'],
): [AttributeKey, string | number | undefined][] {
  return [
    [KEY.operation, operation],
    [KEY.provider, provider],
    [KEY.requestModel, requestModel],
    [KEY.responseModel, responseModel],
    [KEY.serverAddress, server?.address],
    [KEY.serverPort, server?.port],
  ];
}

function recordAssumed(recorder: Recorder, labels: LabelSet, { cost, assumedNanoUsd }: CallRecord): void {
  if (assumedNanoUsd === undefined || assumedNanoUsd <= 0) return;
  const [reason = 'unknown_model'] = unpricedFlags(cost.flags);
  const { attributes } = labels.with(KEY.reason, reason);
  recorder.add('tollgate.cost.assumed', assumedNanoUsd, attributes);
}

function recordUnpriced(recorder: Recorder, sets: LabelSets, { cost, provider, requestModel }: CallRecord): void {
  for (const flag of unpricedFlags(cost.flags)) {
    const labels = sets.of([KEY.reason, flag], [KEY.provider, provider], [KEY.requestModel, requestModel]);
    recorder.add('tollgate.unpriced', 1, labels.attributes);
  }
}
