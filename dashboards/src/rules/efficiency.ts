import { label } from '../promql/names.ts';
import { CACHE_READ, PROMPT } from '../promql/token-kinds.ts';
import type { Alert } from './alert.ts';
import { by, increase, spend } from './expression.ts';
import { AGENT } from './labels.ts';
import { WHO, WHO_FIRST } from './words.ts';

const MODEL = label('gen_ai.request.model');
const ANSWERED_BY = label('gen_ai.response.model');
const TASK_TYPE = label('tollgate.task.type');
const MODELS = [...AGENT, MODEL];
const TASKS = [...AGENT, TASK_TYPE];

/** Money that goes less far than it did. */
export const EFFICIENCY_ALERTS: readonly Alert[] = [
  {
    name: 'TollgateCacheHitCollapse',
    severity: 'ticket',
    priority: 'P2',
    expr: `(
  ${cachedShare('30m')}
  <
  0.5 * (${cachedShare('1d', '1h')} > 0.2)
)
and
${by('sum', MODELS, increase('tollgate.calls', '30m', { where: { outcome: '!="denied"' } }))} > 20`,
    for: '15m',
    keepFiringFor: '15m',
    summary: `Prompts of ${WHO} to {{ $labels.${MODEL} }} no longer come out of the cache`,
    description: `{{ $value | humanizePercentage }} of the input within half an hour was read from a cache: less than half of what it was over a day. The same work costs several times as much.`,
    board: 'tollgate-models',
  },
  {
    name: 'TollgateModelDrift',
    severity: 'ticket',
    priority: 'P3',
    expr: modelDrift(),
    for: '15m',
    keepFiringFor: '1h',
    summary: `${WHO_FIRST} spends on {{ $labels.${ANSWERED_BY} }}, which it did not use in the week before`,
    description: `{{ $value | humanizePercentage }} of what ${WHO} has spent within an hour went to {{ $labels.${ANSWERED_BY} }} (asked for as {{ $labels.${MODEL} }}).`,
    board: 'tollgate-models',
  },
  {
    name: 'TollgateCostPerTask',
    severity: 'ticket',
    priority: 'P3',
    expr: `(
  ${costPerTask('1h')}
  >
  2 * ${costPerTask('7d', '1h')}
)
and
${tasksEnded('1h')} > 5
and
${tasksEnded('7d', '1h')} > 20`,
    for: '15m',
    keepFiringFor: '30m',
    summary: `Tasks {{ $labels.${TASK_TYPE} }} of ${WHO} cost more than twice what they did`,
    description: `A task costs {{ $value | printf "$%.4f" }} on average of the last hour, more than twice the average of the seven days before.`,
    board: 'tollgate-agents',
  },
];

/** 0 where nothing is read: processes that never hit the cache have no series of it. */
function cachedShare(within: string, ago?: string): string {
  const tokens = (kind: string): string =>
    by('sum', MODELS, increase('tollgate.tokens', within, { where: { kind }, ago }));
  const all = tokens(PROMPT);
  return `((${tokens(CACHE_READ)} or 0 * ${all}) / ${all})`;
}

function modelDrift(): string {
  const used = [...AGENT, MODEL, ANSWERED_BY];
  const before = increase('tollgate.calls', '7d', { ago: '1h' });
  return `(
  ${spend('1h', used, { 'gen_ai.response.model': '!=""' })}
  / on (${AGENT.join(', ')}) group_left ()
  ${spend('1h', AGENT)}
  > 0.25
)
unless on (${[...AGENT, ANSWERED_BY].join(', ')})
${by('sum', [...AGENT, ANSWERED_BY], before)} > 0
and on (${AGENT.join(', ')})
${by('sum', AGENT, before)} > 100`;
}

function costPerTask(within: string, ago?: string): string {
  const sum = by('sum', TASKS, increase('tollgate.task.cost', within, { ago, part: '_sum' }));
  return `(${sum} / ${tasksEnded(within, ago)})`;
}

function tasksEnded(within: string, ago?: string): string {
  return by('sum', TASKS, increase('tollgate.task.cost', within, { ago, part: '_count' }));
}
