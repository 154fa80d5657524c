import { bars } from '../panels/bars.ts';
import { now, overTime } from '../panels/query.ts';
import { stat } from '../panels/stat.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { withAccount } from '../promql/account.ts';
import { RESOURCE } from '../promql/names.ts';
import { RECORDED } from '../promql/recorded.ts';
import { accounts, select, type Matchers } from '../promql/selector.ts';
import { perSecond, sumBy, topTen, total } from '../promql/totals.ts';
import { accountTable } from './account-table.ts';
import { ACCOUNT_UNIT, ONE_ACCOUNT } from '../rules/labels.ts';
import type { Board, Row } from './board.ts';
import { agent, budget, environment, metricsSource, team, tracesSource } from './variables.ts';
import { IN_RANGE, SHAPE } from './words.ts';

const OF_BUDGET = { budget: '=~"$budget"' } as const;
const NO_BUDGET = 'Empty: no live process has a budget.';

const standing: Row = {
  title: 'How budgets stand now',
  panels: [
    stat(
      {
        title: 'Closed accounts',
        description:
          'Accounts that refuse every call until their window ends or somebody raises the limit. In warn and observe nothing closes: look at 100 % used instead. 0: none.',
        width: 4,
        height: 6,
        unit: 'none',
        thresholds: [[1, 'red']],
      },
      now(
        `count(count by (${RESOURCE.environment}, budget, window, account) (${withAccount(accounts(RECORDED.closed))} == 1)) or vector(0)`,
      ),
    ),
    bars(
      {
        title: 'Fullest accounts',
        description: `Spent by limit of the ten fullest accounts, each in its own window. ${NO_BUDGET}`,
        width: 10,
        height: 6,
        unit: 'percentunit',
        decimals: 0,
        max: 1,
        empty: 'no budget',
        thresholds: [
          [0.8, 'yellow'],
          [1, 'red'],
        ],
      },
      now(topTen(withAccount(accounts(RECORDED.ratio))), { legend: '{{budget}} · {{account}} ({{unit}})' }),
    ),
    bars(
      {
        title: 'First to be exhausted',
        description:
          'How long what remains lasts at the rate of the last hour, of the accounts that would be exhausted before their window ends. Of accounts by task, user or session it is not known. Empty: at this rate none is.',
        width: 10,
        height: 6,
        unit: 's',
        empty: 'none at this rate',
      },
      now(`sort(bottomk(10, ${withAccount(exhaustedIn())}))`, {
        legend: '{{budget}} · {{account}} ({{unit}})',
        quiet: 'only an account that will be exhausted before its window ends is here',
      }),
    ),
    accountTable('usd', { title: 'Budgets in USD', width: 24, height: 8 }, accounts),
    accountTable('tokens', { title: 'Budgets in tokens', width: 12, height: 7 }, accounts),
    accountTable('calls', { title: 'Budgets in calls', width: 12, height: 7 }, accounts),
  ],
};

function exhaustedIn(): string {
  const lasts = `${accounts(RECORDED.remaining)} / (${charged('1h', ONE_ACCOUNT)} > 0)`;
  return `(${lasts}) < (${accounts(RECORDED.windowEnd)} - time())`;
}

/** A sum of counters falls when a process ends, so the rate is taken of each. */
function charged(time: string, matchers?: Matchers): string {
  return `sum by (${ACCOUNT_UNIT.join(', ')}) (rate(${accounts('tollgate.budget.charged', matchers)}[${time}]))`;
}

const course: Row = {
  title: 'How they got there',
  panels: [
    timeSeries(
      {
        title: 'Used over time',
        description: `Spent by limit. It falls where a window ends: the budget’s own, in its own time zone. ${NO_BUDGET}`,
        width: 12,
        height: 9,
        unit: 'percentunit',
        thresholds: [[1, 'red']],
      },
      overTime(`topk(10, ${withAccount(accounts(RECORDED.ratio))})`, '{{budget}} · {{account}} ({{unit}})'),
    ),
    timeSeries(
      {
        title: 'Charged per hour, budgets in USD',
        description: `How fast budgets fill. Not stacked: a call is charged to every budget that it matches. ${SHAPE} ${NO_BUDGET}`,
        width: 12,
        height: 9,
        unit: 'currencyUSD',
        axis: 'USD per hour',
      },
      overTime(
        `topk(10, ${withAccount(charged('$__rate_interval', { unit: '="usd"' }))} * 3600)`,
        '{{budget}} · {{account}}',
      ),
    ),
  ],
};

const decisions: Row = {
  title: 'What they decided',
  panels: [
    bars(
      {
        title: 'Refusals by budget',
        description: `Calls that a budget refused, and why. ${IN_RANGE} A call may be refused by several budgets. Empty: nothing was refused.`,
        width: 8,
        height: 8,
        unit: 'none',
        empty: 'nothing was refused',
      },
      now(
        topTen(total(select('tollgate.budget.decisions', { ...OF_BUDGET, decision: '="deny"' }), ['budget', 'reason'])),
        { legend: '{{budget}}: {{reason}}' },
      ),
    ),
    table(
      {
        title: 'All decisions',
        description: `What budgets said to the calls that they matched; “wait”: others’ reservations had to settle first. ${IN_RANGE} Empty: no call matched a budget.`,
        width: 8,
        height: 8,
        unit: 'none',
      },
      {
        labels: [
          ['budget', { title: 'Budget' }],
          ['decision', { title: 'Decision' }],
          ['mode', { title: 'Mode' }],
        ],
        values: [
          [
            now(total(select('tollgate.budget.decisions', OF_BUDGET), ['budget', 'decision', 'mode'])),
            { title: 'Decisions', unit: 'none' },
          ],
        ],
        sortBy: 'Decisions',
      },
    ),
    table(
      {
        title: 'Overrun',
        description: `Charged beyond what was reserved, because an answer was longer than its estimate: by so much an account can end above its limit. “max” as the budget’s reserve avoids it. ${IN_RANGE} Empty: every answer fitted its reservation.`,
        width: 8,
        height: 8,
        unit: 'short',
      },
      {
        labels: [
          ['budget', { title: 'Budget' }],
          ['unit', { title: 'Unit' }],
        ],
        values: [
          [
            now(total(select('tollgate.budget.overrun', OF_BUDGET), ['budget', 'unit']), {
              quiet: 'an overrun needs an answer that is longer than its estimate',
            }),
            { title: 'Overrun', unit: 'short', decimals: 4 },
          ],
        ],
        sortBy: 'Overrun',
      },
    ),
    timeSeries(
      {
        title: 'Reserved for calls under way, budgets in USD',
        description:
          'Put aside until the calls settle, over all processes. What never comes down is a leak: see the oldest reservation on pipeline health. Empty: no live process has a budget in USD.',
        width: 12,
        height: 8,
        unit: 'currencyUSD',
      },
      overTime(sumBy(accounts(RECORDED.reserved, { unit: '="usd"' }), ['budget']), '{{budget}}'),
    ),
    timeSeries(
      {
        title: 'Refusals per second',
        description: `When limits began to be in the way. ${SHAPE} Empty: nothing was refused.`,
        width: 12,
        height: 8,
        unit: 'reqps',
        empty: 'nothing was refused',
      },
      overTime(
        perSecond(select('tollgate.budget.decisions', { ...OF_BUDGET, decision: '="deny"' }), ['budget']),
        '{{budget}}',
      ),
    ),
  ],
};

/** How every budget stands, how it got there, and what it decided. */
export const budgets: Board = {
  uid: 'tollgate-budgets',
  title: 'Tollgate: budgets',
  description: 'How full is every budget, until when does it last, and what has it refused?',
  variables: [metricsSource, tracesSource, environment, team, agent, budget],
  rows: [standing, course, decisions],
};
