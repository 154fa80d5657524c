import { bars } from '../panels/bars.ts';
import { now, overTime } from '../panels/query.ts';
import { stat } from '../panels/stat.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { label, RESOURCE } from '../promql/names.ts';
import { RECORDED, type Recorded } from '../promql/recorded.ts';
import { recorded, select } from '../promql/selector.ts';
import { named, perHour, topTen, total } from '../promql/totals.ts';
import { accountTable } from './account-table.ts';
import { boardUrl, type Board, type Row } from './board.ts';
import { trust } from './trust.ts';
import { agent, environment, metricsSource, model, team, tracesSource } from './variables.ts';
import { IN_RANGE, SHAPE } from './words.ts';

const WHICH = `{{budget}} ({{window}}) {{${RESOURCE.environment}}}`;
const THE_BUDGET =
  'The budget is that of an environment in USD that all calls share, by the day, else by the week or the month; of several the widest; one with match is not shared by all. Its window is its own, in its own time zone, not the browser’s; time range, team, agent and model do not change it.';
const NO_BUDGET =
  'Empty: no live process has such a budget; the table below has those by agent, team or task, those of some calls, and rolling ones.';
const TO_BUDGETS = [{ title: 'All budgets', url: boardUrl('tollgate-budgets') }];

function ofBudget(name: Recorded): string {
  return `(${recorded(name, { unit: '="usd"' })} and ${recorded(RECORDED.common)})`;
}

const goesOn = select('tollgate.task.over', { reason: '="over"' });
const refused = select('tollgate.task.denied');

const against: Row = {
  title: 'Against the budget',
  panels: [
    stat(
      {
        title: 'Spent against the budget',
        description: `What the budget has been charged since its window began, and its limit; where each process keeps its own account, by live processes together (one that has ended counts for up to five minutes), and “Spend by agent” has what others spent. ${THE_BUDGET} ${NO_BUDGET}`,
        width: 7,
        height: 5,
        unit: 'currencyUSD',
        decimals: 2,
        empty: 'no common budget',
        named: true,
        links: TO_BUDGETS,
      },
      now(ofBudget(RECORDED.spent), { legend: `spent: ${WHICH}` }),
      now(ofBudget(RECORDED.limit), { legend: `limit: ${WHICH}` }),
    ),
    stat(
      {
        title: 'Of its limit',
        description: `Spent by the limit, of the fullest process where each keeps its own account. From 80 % on, plan for the limit; at 100 % an enforced budget refuses every call. ${THE_BUDGET} ${NO_BUDGET}`,
        width: 3,
        height: 5,
        unit: 'percentunit',
        decimals: 0,
        empty: 'no common budget',
        named: true,
        thresholds: [
          [0.8, 'yellow'],
          [1, 'red'],
        ],
        links: TO_BUDGETS,
      },
      now(ofBudget(RECORDED.ratio), { legend: WHICH }),
    ),
    stat(
      {
        title: 'By the end of its window',
        description: `Spent so far and what the rate of the last hour adds until the window ends, by the limit. From 90 % on there is still time to act. ${THE_BUDGET} ${NO_BUDGET}`,
        width: 4,
        height: 5,
        unit: 'percentunit',
        decimals: 0,
        empty: 'no forecast',
        named: true,
        thresholds: [
          [0.9, 'yellow'],
          [1, 'red'],
        ],
        links: TO_BUDGETS,
      },
      now(`${ofBudget(RECORDED.forecast)} / ${ofBudget(RECORDED.limit)}`, { legend: WHICH }),
    ),
    stat(
      {
        title: 'Spending per hour',
        description: `How fast money goes at the moment, over everything that is selected above. ${SHAPE} Empty: no call in the time range.`,
        width: 3,
        height: 5,
        unit: 'currencyUSD',
        decimals: 2,
        empty: 'no calls',
      },
      overTime(perHour(select('tollgate.cost')), 'per hour'),
    ),
    stat(
      {
        title: 'Tasks running away',
        description:
          'Tasks that are over their own budget and go on, or of which a budget has refused ten calls and more within the last five minutes. From 1 on look at the tables below: such a task does not end by itself. 0: none; one that ends at its first refusals is stopped and does not count. One over its budget is only known where a budget is by task.',
        width: 3,
        height: 5,
        unit: 'none',
        thresholds: [[1, 'red']],
        links: [{ title: 'Tasks', url: boardUrl('tollgate-tasks') }],
      },
      now(`count(count by (tollgate_task_id) (${goesOn} > 0 or ${refused} >= 10)) or vector(0)`),
    ),
    stat(
      {
        title: 'Calls that a limit stopped',
        description: `Calls that a budget refused before they were sent: they have cost nothing. ${IN_RANGE} 0: no limit was in the way.`,
        width: 4,
        height: 5,
        unit: 'none',
        links: TO_BUDGETS,
      },
      now(`${total(select('tollgate.calls', { outcome: '="denied"' }))} or vector(0)`),
    ),
  ],
};

const TO_AGENT = boardUrl('tollgate-agents', { agent: '${__field.labels.gen_ai_agent_name}' });

const who: Row = {
  title: 'Who spends',
  panels: [
    bars(
      {
        title: 'Spend by agent',
        description: `The ten agents that cost most. ${IN_RANGE} “(none)”: calls outside of withAgent(); a click on it shows who sends them. Empty: nothing was spent.`,
        width: 8,
        height: 8,
        unit: 'currencyUSD',
        links: [{ title: 'This agent', url: TO_AGENT }],
      },
      now(topTen(total(select('tollgate.cost', { 'gen_ai.agent.name': '!=""' }), ['gen_ai.agent.name'])), {
        legend: '{{gen_ai_agent_name}}',
      }),
      {
        query: now(`${total(select('tollgate.cost', { 'gen_ai.agent.name': '=""' }))} > 0`, {
          legend: '(none)',
          quiet: 'only calls outside of withAgent() are here',
        }),
        link: { title: 'Spend without an agent', url: boardUrl('tollgate-pipeline') },
      },
    ),
    bars(
      {
        title: 'Spend by team',
        description: `The ten teams that cost most. ${IN_RANGE} “(none)”: calls without a team; pipeline health says whose they are. Empty: nothing was spent.`,
        width: 8,
        height: 8,
        unit: 'currencyUSD',
        links: [{ title: 'Spend without a team', url: boardUrl('tollgate-pipeline') }],
      },
      now(topTen(named(total(select('tollgate.cost'), ['tollgate.team']), 'tollgate.team')), {
        legend: '{{tollgate_team}}',
      }),
    ),
    timeSeries(
      {
        title: 'Spending per hour by agent',
        description: `Who began to spend when. ${SHAPE} Empty: no call in the time range.`,
        width: 8,
        height: 8,
        unit: 'currencyUSD',
        stacked: true,
        axis: 'USD per hour',
      },
      overTime(
        named(perHour(select('tollgate.cost'), ['gen_ai.agent.name']), 'gen_ai.agent.name'),
        '{{gen_ai_agent_name}}',
      ),
    ),
  ],
};

const ofTask = [
  [
    label('tollgate.task.id'),
    { title: 'Task', link: { title: 'Its spans', url: boardUrl('tollgate-tasks', { task: '${__value.raw}' }) } },
  ],
  [label('gen_ai.agent.name'), { title: 'Agent' }],
] as const;

const limits: Row = {
  title: 'Is anything running away, and what did a limit stop?',
  panels: [
    table(
      {
        title: 'Tasks over their budget',
        description:
          'What a task has spent by its limit. “over”: nothing stops it, so somebody has to. “closed”: its account refuses everything; whether it still tries says the table beside. A task that has spent nothing for a quarter of an hour is left out. Empty: no task is over, or no budget is by task.',
        width: 8,
        height: 7,
        unit: 'short',
      },
      {
        labels: [...ofTask, ['reason', { title: 'State' }]],
        values: [
          [
            now(`max by (tollgate_task_id, gen_ai_agent_name, reason) (${select('tollgate.task.over')}) > 0`),
            { title: 'Spent by limit', unit: 'percentunit', decimals: 0, thresholds: [[1, 'red']] },
          ],
        ],
        sortBy: 'Spent by limit',
      },
    ),
    table(
      {
        title: 'Tasks that are refused',
        description:
          'Calls of a task that a budget of any kind has refused within the last five minutes. Ten and more: it does not take no for an answer; stop it where it runs. Empty: no call of a task was refused in these minutes.',
        width: 8,
        height: 7,
        unit: 'none',
      },
      {
        labels: ofTask,
        values: [
          [
            now(`max by (tollgate_task_id, gen_ai_agent_name) (${refused}) > 0`),
            { title: 'Refused', unit: 'none', thresholds: [[10, 'red']] },
          ],
        ],
        sortBy: 'Refused',
      },
    ),
    bars(
      {
        title: 'What said no',
        description: `Refusals by budget and reason, those that would have been refused in observe mode included. ${IN_RANGE} Of all teams, agents and models. One call may be refused by several budgets. Empty: nothing was refused.`,
        width: 8,
        height: 7,
        unit: 'none',
        empty: 'nothing was refused',
      },
      now(topTen(total(select('tollgate.budget.decisions', { decision: '="deny"' }), ['budget', 'reason'])), {
        legend: '{{budget}}: {{reason}}',
      }),
    ),
    accountTable('usd', { title: 'Budgets in USD, fullest first', width: 24, height: 8 }, recorded),
  ],
};

/** What was spent against the budget, who spends it, is anything running away, what was stopped, can it be trusted. */
export const overview: Board = {
  uid: 'tollgate-overview',
  title: 'Tollgate: overview',
  description:
    'What did we spend today against the budget, who spends it, is anything running away, what did a limit stop, and can these numbers be trusted?',
  variables: [metricsSource, tracesSource, environment, team, agent, model],
  rows: [against, limits, who, trust],
};
