import { bars } from '../panels/bars.ts';
import { traces } from '../panels/query.ts';
import { spans } from '../panels/spans.ts';
import { timeSeries } from '../panels/time-series.ts';
import { chosen, dearest, is, listed } from '../traceql/spans.ts';
import { boardUrl, type Board, type Row } from './board.ts';
import { agent, environment, leastCost, metricsSource, model, task, tracesSource } from './variables.ts';

const NEEDS_ALL =
  'Counts spans that Tempo has: exact only where no sampler drops them. Calls without an agent are not found here; “Untagged” on the overview says how much they cost.';
const RECENT = 'Tempo returns the most recent that match, not the dearest: raise “Costs more than” to find those.';

const dear: Row = {
  title: 'Dearest, from traces',
  panels: [
    bars(
      {
        title: 'Tasks',
        description: `The ten tasks that cost most in the time range: click for the spans. ${NEEDS_ALL} Empty: no call in a withTask().`,
        width: 8,
        height: 9,
        unit: 'currencyUSD',
        decimals: 4,
        links: [
          {
            title: 'Its spans',
            url: boardUrl('tollgate-tasks', { task: '${__field.labels["span.tollgate.task.id"]}' }),
          },
        ],
      },
      traces(dearest('tollgate.task.id'), 'instant'),
    ),
    bars(
      {
        title: 'Users',
        description: `The ten users that cost most in the time range. ${NEEDS_ALL} Empty: no call has a user.`,
        width: 8,
        height: 9,
        unit: 'currencyUSD',
        decimals: 4,
      },
      traces(dearest('user.id'), 'instant', 'only calls that are for a user have one'),
    ),
    bars(
      {
        title: 'Steps',
        description: `The ten steps that cost most in the time range, over all tasks. ${NEEDS_ALL} Empty: no call in a withStep().`,
        width: 8,
        height: 9,
        unit: 'currencyUSD',
        decimals: 4,
      },
      traces(dearest('tollgate.step.name'), 'instant'),
    ),
    timeSeries(
      {
        title: 'Dearest tasks over time',
        description: `What the dearest tasks have cost in each interval. ${NEEDS_ALL} Empty: no call in a withTask().`,
        width: 24,
        height: 8,
        unit: 'currencyUSD',
      },
      traces(dearest('tollgate.task.id'), 'range'),
    ),
  ],
};

const found: Row = {
  title: 'Spans to look at',
  panels: [
    spans(
      {
        title: 'Tasks',
        description: `Tasks and what everything beneath them has cost; the id leads to the trace. ${RECENT} Empty: no task has ended, or none cost more.`,
        width: 24,
        height: 8,
        unit: 'short',
        sortBy: 'tollgate.rollup.cost',
      },
      traces(
        listed(
          [`name =~ "task.*"`, is('tollgate.rollup.cost', '> $least')],
          [
            'tollgate.task.id',
            'tollgate.task.type',
            'tollgate.rollup.cost',
            'tollgate.rollup.calls',
            'tollgate.rollup.denied',
            'error.type',
          ],
        ),
        'spans',
      ),
      ['tollgate.rollup.cost'],
    ),
    spans(
      {
        title: 'Calls',
        description: `Calls that cost more than the least that is set above; the id leads to the trace. ${RECENT} Empty: no call cost more.`,
        width: 24,
        height: 8,
        unit: 'short',
        sortBy: 'gen_ai.usage.cost.amount',
      },
      traces(
        listed(
          [is('gen_ai.usage.cost.amount', '> $least'), ...chosen()],
          [
            'gen_ai.usage.cost.amount',
            'gen_ai.agent.name',
            'tollgate.task.id',
            'tollgate.step.name',
            'gen_ai.response.model',
            'gen_ai.usage.input_tokens',
            'gen_ai.usage.cache_read.input_tokens',
            'gen_ai.usage.output_tokens',
            'tollgate.attempts',
            'tollgate.usage.state',
          ],
        ),
        'spans',
      ),
      ['gen_ai.usage.cost.amount'],
    ),
    spans(
      {
        title: 'Refused calls',
        description:
          'Calls that a budget or a pause refused, and how the account stood. Of all agents, and of calls without one. Of many like each other one in a while is sent, with how many were not. Empty: nothing was refused.',
        width: 24,
        height: 8,
        unit: 'short',
        sortBy: 'tollgate.denial.spent',
      },
      traces(
        listed(
          [is('tollgate.denial.reason', '!= nil'), is('gen_ai.request.model', '=~ "$model"')],
          [
            'tollgate.denial.budget',
            'tollgate.denial.reason',
            'tollgate.denial.limit',
            'tollgate.denial.spent',
            'tollgate.denial.reserved',
            'tollgate.denial.unit',
            'gen_ai.agent.name',
            'tollgate.task.id',
            'tollgate.suppressed',
          ],
        ),
        'spans',
      ),
      [],
    ),
    spans(
      {
        title: 'Spans of the task $task',
        description:
          'Everything that was done for the task whose id is set above; the id of a span leads to its trace. Empty: no task is set, or its spans are older than the time range.',
        width: 24,
        height: 10,
        unit: 'short',
        sortBy: 'gen_ai.usage.cost.amount',
      },
      traces(
        listed(
          [is('tollgate.task.id', '= "$task"')],
          [
            'gen_ai.agent.name',
            'tollgate.step.name',
            'gen_ai.response.model',
            'gen_ai.usage.cost.amount',
            'tollgate.rollup.cost',
            'error.type',
          ],
        ),
        'spans',
      ),
      ['gen_ai.usage.cost.amount', 'tollgate.rollup.cost'],
    ),
  ],
};

/** What single tasks, users and steps cost, and the traces behind it. */
export const tasks: Board = {
  uid: 'tollgate-tasks',
  title: 'Tollgate: tasks',
  description:
    'Which tasks, users and steps are dearest, and what happened in them? From traces, because ids are no labels. Environment only narrows the agents and models to choose from.',
  variables: [metricsSource, tracesSource, environment, agent, model, leastCost, task],
  rows: [dear, found],
};
