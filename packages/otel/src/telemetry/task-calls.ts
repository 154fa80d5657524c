import type { Attributes } from '@opentelemetry/api';
import type { Attribution, CallRecord } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { labelValue } from './label-caps.ts';
import { PassingGauge, type GaugePoint } from './passing-gauge.ts';
import type { Observe } from './recorder.ts';

const WITHIN_MS = 5 * 60_000;
const SLICE_MS = 10_000;
const MAX_KEPT = 1000;
const MAX_SHOWN = 20;

/** Refused calls within ten seconds from `since` on, epoch ms. */
interface Slice {
  since: number;
  calls: number;
}

/** Refused calls of one agent for one task, oldest first. */
interface Refused {
  readonly labels: Attributes;
  readonly slices: Slice[];
}

/**
 * What is known of tasks by their calls: who makes them, and how many were refused within five minutes (to ten seconds).
 * Of the newest thousand of each. A call without an agent has none here either, as on its span: then a link finds it.
 */
export class TaskCalls {
  readonly #serviceName: string;
  readonly #agents = new Map<string, string | undefined>();
  readonly #refused = new Map<string, Refused>();
  readonly #gauge = new PassingGauge('tollgate.task.denied');

  constructor(serviceName: string) {
    this.#serviceName = serviceName;
  }

  /** A call has ended that is not like the last one of its scope: the same is not told of every call. */
  called(at: Attribution): void {
    if (at.task !== undefined) putNewest(this.#agents, labelValue(at.task), agentIn(at));
  }

  /** A call was refused, by whichever budget. */
  denied({ at, endedAt }: Pick<CallRecord, 'at' | 'endedAt'>): void {
    if (at.task === undefined) return;
    this.called(at);
    const task = labelValue(at.task);
    const agent = agentIn(at);
    const key = `${task}\0${agent ?? ''}`;
    const refused = this.#refused.get(key) ?? { labels: labelsOf(task, agent), slices: [] };
    addTo(refused.slices, endedAt);
    putNewest(this.#refused, key, refused);
  }

  /**
   * Whose calls for a task an account holds: its own agent's, else of whoever last began to call for it, or was refused last.
   * For budgets a call without an agent is the service's own; as a label it has none.
   */
  agentOf(task: string, ofAccount: string | undefined): string | undefined {
    const last = this.#agents.get(labelValue(task));
    if (ofAccount === undefined) return last;
    return ofAccount === this.#serviceName && last !== ofAccount ? undefined : ofAccount;
  }

  /** Reports the refused calls of the twenty that are refused most, and forgets those that are no longer refused. */
  observe(now: number, observe: Observe): void {
    const counted: GaugePoint[] = [];
    for (const [key, { labels, slices }] of this.#refused) {
      dropOld(slices, now);
      if (slices.length === 0) this.#refused.delete(key);
      else counted.push([slices.reduce((sum, { calls }) => sum + calls, 0), labels]);
    }
    this.#gauge.tell(counted.toSorted(([a], [b]) => b - a).slice(0, MAX_SHOWN), observe);
  }
}

function agentIn({ agent }: Attribution): string | undefined {
  return agent === undefined || agent === '' ? undefined : labelValue(agent);
}

function labelsOf(task: string, agent: string | undefined): Attributes {
  return { [KEY.task]: task, ...(agent !== undefined && { [KEY.agent]: agent }) };
}

function addTo(slices: Slice[], now: number): void {
  const last = slices.at(-1);
  if (last !== undefined && now - last.since < SLICE_MS) last.calls += 1;
  else slices.push({ since: now, calls: 1 });
  dropOld(slices, now);
}

function dropOld(slices: Slice[], now: number): void {
  while (slices[0] !== undefined && slices[0].since <= now - WITHIN_MS) slices.shift();
}

function putNewest<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
}
