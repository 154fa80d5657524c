import { label, series } from '../promql/names.ts';
import { RECORDED } from '../promql/recorded.ts';
import { everywhere, type Matchers } from '../promql/selector.ts';
import type { Alert } from './alert.ts';
import { by, increase, plus, spend } from './expression.ts';
import { AGENT, BY_AGENT_ONLY } from './labels.ts';
import { WINDOW_SECONDS } from './window-length.ts';
import { WHO, WHO_FIRST } from './words.ts';

const MODEL = label('gen_ai.request.model');
const TASK_ID = label('tollgate.task.id');
const TASK = `{{ $labels.${TASK_ID} }}`;

/** Agents and tasks that are out of hand. */
export const RUNAWAY_ALERTS: readonly Alert[] = [
  {
    name: 'TollgateRunawayTask',
    severity: 'page',
    priority: 'P1',
    // A task that is closed is stopped, however far over it is: it pages if it calls on.
    expr: `${by('max', [...AGENT, TASK_ID], everywhere('tollgate.task.over', { reason: '!="closed"' }))} >= 3`,
    keepFiringFor: '2m',
    summary: `Task ${TASK} has spent {{ printf "%.1f" $value }} times its limit`,
    description: `Task ${TASK} of ${WHO} has used {{ $value | humanizePercentage }} of what one task may use. Where its budget warns or observes, nothing stops it; where it enforces, the limit was lowered, and the next call is refused.`,
    board: 'tollgate-tasks',
  },
  {
    name: 'TollgateRefusedTaskCallsOn',
    severity: 'page',
    priority: 'P1',
    expr: `${by('max', [...AGENT, TASK_ID], series('tollgate.task.denied'))} >= 10`,
    keepFiringFor: '2m',
    summary: `Task ${TASK} goes on calling though its calls are refused`,
    description: `{{ printf "%.0f" $value }} calls of ${WHO} for task ${TASK} were refused within five minutes. They cost nothing while the budget stands, but the task does not end by itself.`,
    board: 'tollgate-tasks',
  },
  {
    name: 'TollgateAgentSpike',
    severity: 'ticket',
    priority: 'P2',
    expr: `(
  ${plus(spend('1h', AGENT), refusedSpend())}
)
/
(
  ${hourlyLimit()}
)
> 2`,
    for: '5m',
    keepFiringFor: '10m',
    summary: `${WHO_FIRST} asks for {{ printf "%.1f" $value }} times its hourly limit`,
    description: `What ${WHO} has spent within an hour, with what its refused calls would have cost, is {{ $value | humanizePercentage }} of what it may spend in an hour.`,
    board: 'tollgate-agents',
  },
  {
    name: 'TollgateRetryStorm',
    severity: 'ticket',
    priority: 'P2',
    expr: `(
  ${attempts({ outcome: '="error"' })}
  /
  ${attempts()}
  > 0.3
)
and
${attempts({ outcome: '="error"' })} > 20`,
    for: '5m',
    keepFiringFor: '10m',
    summary: `Requests of ${WHO} to {{ $labels.${MODEL} }} fail and are sent again`,
    description: `{{ $value | humanizePercentage }} of the requests within ten minutes have failed. Those that fail late are billed.`,
    board: 'tollgate-agents',
  },
];

/** A refused call costs nothing; it would have cost what the calls of its agent did cost within a day. */
function refusedSpend(): string {
  const refused = by('sum', AGENT, increase('tollgate.calls', '1h', { where: { outcome: '="denied"' } }));
  const made = by('sum', AGENT, increase('tollgate.calls', '1d', { where: { outcome: '!="denied"' } }));
  return `${refused} * ${spend('1d', AGENT)} / (${made} > 0)`;
}

/**
 * The limit of the agent's hour, else the lowest of its other limits brought down to an hour; none where that is 0. As it was
 * at most within the hour: spend of processes that have ended is held against limits that they had.
 */
function hourlyLimit(): string {
  const greatest = (matchers: string): string =>
    `(max_over_time(${RECORDED.limit}{${matchers}unit="usd", ${BY_AGENT_ONLY}}[1h]) > 0)`;
  const hour = by('min', AGENT, greatest('window="hour", '));
  const others = by('min', AGENT, `${greatest('')} * 3600 / ${WINDOW_SECONDS}`);
  return `${hour} or ${others}`;
}

function attempts(where: Matchers = {}): string {
  return by('sum', [...AGENT, MODEL], increase('tollgate.attempts', '10m', { where }));
}
