import type { Attributes } from '@opentelemetry/api';
import type { Standing } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { labelValue } from './label-caps.ts';
import { PassingGauge, type GaugePoint } from './passing-gauge.ts';
import type { Observe } from './recorder.ts';
import { ratioOf } from './standing-units.ts';

const STILL_MS = 15 * 60_000;
const MAX_TASKS = 20;

/** Who calls for a task, as far as it is known; `ofAccount`: whom budgets take it for. */
export type AgentOf = (task: string, ofAccount: string | undefined) => string | undefined;

interface Seen {
  ratio: number;
  /** Since when it is that, epoch ms. */
  since: number;
}

/**
 * Tells which tasks are over their own budget, or closed. An account outlives its task, and nothing says that a task has
 * ended: one that has spent nothing for a quarter of an hour is left out.
 */
export class TasksOver {
  readonly #gauge = new PassingGauge('tollgate.task.over');
  #seen = new Map<string, Seen>();

  /** Reports the twenty that are furthest over. */
  observe(standings: readonly Standing[], observe: Observe, agentOf: AgentOf): void {
    const over = standings.filter((standing) => standing.account.task !== undefined && isOver(standing));
    const seen = new Map(over.map((standing) => [standing.key, this.#lookAt(standing)]));
    this.#seen = seen;
    const points = over
      .filter(({ key, asOf }) => asOf - (seen.get(key)?.since ?? asOf) < STILL_MS)
      .map((standing): GaugePoint => [ratioOf(standing), labelsOf(standing, agentOf)])
      .toSorted(([a], [b]) => b - a)
      .slice(0, MAX_TASKS);
    this.#gauge.tell(points, observe);
  }

  #lookAt(standing: Standing): Seen {
    const ratio = ratioOf(standing);
    const before = this.#seen.get(standing.key);
    return before?.ratio === ratio ? before : { ratio, since: standing.asOf };
  }
}

function isOver(standing: Standing): boolean {
  return standing.closed || ratioOf(standing) > 1;
}

function labelsOf({ account: { task = '', agent }, closed }: Standing, agentOf: AgentOf): Attributes {
  const by = agentOf(task, agent);
  const labels: Attributes = { [KEY.reason]: closed ? 'closed' : 'over', [KEY.task]: labelValue(task) };
  return by === undefined ? labels : { ...labels, [KEY.agent]: labelValue(by) };
}
