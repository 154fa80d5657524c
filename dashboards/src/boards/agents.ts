import type { AttributeKey } from '@tollgate/otel/conventions';
import { now, overTime } from '../panels/query.ts';
import { bars } from '../panels/bars.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { label } from '../promql/names.ts';
import { select } from '../promql/selector.ts';
import { named, orZero, perHour, perSecond, quantile, sumBy, topTen, total } from '../promql/totals.ts';
import { boardUrl, type Board, type Row } from './board.ts';
import { agent, environment, metricsSource, model, team, tracesSource } from './variables.ts';
import { IN_RANGE, SHAPE } from './words.ts';

const AGENT = ['gen_ai.agent.name'] as const;
const TYPE = ['gen_ai.agent.name', 'tollgate.task.type'] as const;
const STEP = ['gen_ai.agent.name', 'tollgate.task.type', 'tollgate.step.name'] as const;

const agentColumn = [
  label('gen_ai.agent.name'),
  {
    title: 'Agent',
    link: { title: 'Its dearest calls', url: boardUrl('tollgate-tasks', { agent: '${__value.raw}' }) },
  },
] as const;
const typeColumn = [label('tollgate.task.type'), { title: 'Task type' }] as const;

/** What calls have cost by `by`, and the same per call that was sent. */
function costPerCall(by: readonly AttributeKey[]): string {
  return `${total(select('tollgate.cost'), by)} / (${total(select('tollgate.calls', { outcome: '!="denied"' }), by)} > 0)`;
}

function taskTotal(part: '_sum' | '_count', by: readonly AttributeKey[]): string {
  return total(select('tollgate.task.cost', {}, part), by);
}

function callsThat(outcome: string): string {
  return orZero(total(select('tollgate.calls', { outcome }), AGENT), total(select('tollgate.calls'), AGENT));
}

function tasksThat(outcome: string): string {
  return orZero(total(select('tollgate.tasks', { outcome }), TYPE), taskTotal('_count', TYPE));
}

const byAgent: Row = {
  title: 'By agent',
  panels: [
    table(
      {
        title: 'Agents',
        description: `What each agent has cost and done. Refused: calls that a budget stopped, which cost nothing. ${IN_RANGE} An empty name: calls outside of withAgent(). Empty: no calls.`,
        width: 16,
        height: 9,
        unit: 'short',
      },
      {
        labels: [agentColumn],
        values: [
          [now(total(select('tollgate.cost'), AGENT)), { title: 'Cost', unit: 'currencyUSD' }],
          [now(total(select('tollgate.calls', { outcome: '!="denied"' }), AGENT)), { title: 'Calls', unit: 'none' }],
          [now(costPerCall(AGENT)), { title: 'Cost per call', unit: 'currencyUSD', decimals: 5 }],
          [now(total(select('tollgate.tokens'), AGENT)), { title: 'Tokens', unit: 'short' }],
          [now(callsThat('="denied"')), { title: 'Refused', unit: 'none' }],
          [now(callsThat('="error"')), { title: 'Failed', unit: 'none' }],
        ],
        sortBy: 'Cost',
      },
    ),
    timeSeries(
      {
        title: 'Calls under way by agent',
        description:
          'Calls that have been sent and not answered, at each point in time. A line that only rises: answers do not come, or an agent starts more than it ends. Empty: nothing was under way when processes reported.',
        width: 8,
        height: 9,
        unit: 'none',
        stacked: true,
      },
      overTime(named(sumBy(select('tollgate.calls.in_flight'), AGENT), 'gen_ai.agent.name'), '{{gen_ai_agent_name}}'),
    ),
    timeSeries(
      {
        title: 'Spending per hour by agent',
        description: `Who spends how fast. ${SHAPE} Empty: no calls.`,
        width: 12,
        height: 8,
        unit: 'currencyUSD',
        stacked: true,
        axis: 'USD per hour',
      },
      overTime(named(perHour(select('tollgate.cost'), AGENT), 'gen_ai.agent.name'), '{{gen_ai_agent_name}}'),
    ),
    timeSeries(
      {
        title: 'Calls per second by agent',
        description: `A loop shows here before it shows in money. ${SHAPE} Refused calls are in it. Empty: no calls.`,
        width: 12,
        height: 8,
        unit: 'reqps',
        stacked: true,
      },
      overTime(named(perSecond(select('tollgate.calls'), AGENT), 'gen_ai.agent.name'), '{{gen_ai_agent_name}}'),
    ),
  ],
};

const byType: Row = {
  title: 'By task type',
  panels: [
    table(
      {
        title: 'What agents cost by task type',
        description: `For which kind of work an agent costs what. ${IN_RANGE} An empty type: calls outside of withTask(). Empty: no calls.`,
        width: 12,
        height: 9,
        unit: 'short',
      },
      {
        labels: [agentColumn, typeColumn],
        values: [
          [now(total(select('tollgate.cost'), TYPE)), { title: 'Cost', unit: 'currencyUSD' }],
          [now(total(select('tollgate.calls', { outcome: '!="denied"' }), TYPE)), { title: 'Calls', unit: 'none' }],
          [now(costPerCall(TYPE)), { title: 'Cost per call', unit: 'currencyUSD', decimals: 5 }],
        ],
        sortBy: 'Cost',
      },
    ),
    table(
      {
        title: 'What a task costs',
        description: `Outermost tasks that have ended, and what one has cost on average, all agents beneath it included. The agent is the one that the task began in: empty where the task began outside of any. ${IN_RANGE} Empty: no task has ended; calls outside of withTask() are no task.`,
        width: 12,
        height: 9,
        unit: 'short',
      },
      {
        labels: [typeColumn, [label('gen_ai.agent.name'), { title: 'Began in agent' }]],
        values: [
          [
            now(`${taskTotal('_sum', TYPE)} / (${taskTotal('_count', TYPE)} > 0)`),
            { title: 'Average cost', unit: 'currencyUSD', decimals: 4 },
          ],
          [now(taskTotal('_count', TYPE)), { title: 'Tasks', unit: 'none' }],
          [now(taskTotal('_sum', TYPE)), { title: 'Cost', unit: 'currencyUSD' }],
          [now(tasksThat('="refused"')), { title: 'Ended by a budget', unit: 'none' }],
          [now(tasksThat('="error"')), { title: 'Failed', unit: 'none' }],
        ],
        sortBy: 'Average cost',
      },
    ),
    timeSeries(
      {
        title: 'Average cost per task',
        description: `Whether tasks of a type get dearer: a longer prompt, a colder cache, a dearer model. ${SHAPE} Empty: no task has ended.`,
        width: 12,
        height: 8,
        unit: 'currencyUSD',
        decimals: 4,
      },
      overTime(
        `${perSecond(select('tollgate.task.cost', {}, '_sum'), ['tollgate.task.type'])} / (${perSecond(select('tollgate.task.cost', {}, '_count'), ['tollgate.task.type'])} > 0)`,
        '{{tollgate_task_type}}',
      ),
    ),
    timeSeries(
      {
        title: 'Dearest tasks (95th percentile)',
        description: `What one task in twenty costs at least, read from buckets: an approximation. ${SHAPE} Empty: no task has ended.`,
        width: 12,
        height: 8,
        unit: 'currencyUSD',
        decimals: 4,
      },
      overTime(
        quantile(0.95, select('tollgate.task.cost', {}, '_bucket'), ['tollgate.task.type']),
        '{{tollgate_task_type}}',
      ),
    ),
  ],
};

const byStep: Row = {
  title: 'By step',
  panels: [
    table(
      {
        title: 'What steps cost',
        description: `Which move of which work the money goes to. ${IN_RANGE} An empty step: calls outside of withStep(). Empty: no calls.`,
        width: 14,
        height: 10,
        unit: 'short',
      },
      {
        labels: [agentColumn, typeColumn, [label('tollgate.step.name'), { title: 'Step' }]],
        values: [
          [now(total(select('tollgate.cost'), STEP)), { title: 'Cost', unit: 'currencyUSD' }],
          [now(total(select('tollgate.calls', { outcome: '!="denied"' }), STEP)), { title: 'Calls', unit: 'none' }],
          [now(costPerCall(STEP)), { title: 'Cost per call', unit: 'currencyUSD', decimals: 5 }],
        ],
        sortBy: 'Cost',
      },
    ),
    bars(
      {
        title: 'Dearest steps',
        description: `The ten steps that cost most, over all agents and task types. ${IN_RANGE} “(none)”: calls outside of withStep(). Empty: nothing was spent.`,
        width: 10,
        height: 10,
        unit: 'currencyUSD',
      },
      now(topTen(named(total(select('tollgate.cost'), ['tollgate.step.name']), 'tollgate.step.name')), {
        legend: '{{tollgate_step_name}}',
      }),
    ),
  ],
};

/** Which agent spends on which kind of task and in which step, and what a task costs. */
export const agents: Board = {
  uid: 'tollgate-agents',
  title: 'Tollgate: agents',
  description: 'Which agent spends on what kind of task, in which step, and what does a task cost on average?',
  variables: [metricsSource, tracesSource, environment, team, agent, model],
  rows: [byAgent, byType, byStep],
};
