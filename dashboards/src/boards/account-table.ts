import { now } from '../panels/query.ts';
import type { BoardPanel } from '../panels/panel.ts';
import { table } from '../panels/table.ts';
import { withAccount } from '../promql/account.ts';
import { RESOURCE } from '../promql/names.ts';
import { RECORDED, type Recorded } from '../promql/recorded.ts';
import type { Matchers } from '../promql/selector.ts';

/** What a budget counts. */
export type Unit = 'usd' | 'tokens' | 'calls';

const AS: { readonly [U in Unit]: string } = { usd: 'currencyUSD', tokens: 'short', calls: 'short' };

/** How every account of the budgets in one unit stands, read over all replicas. */
export function accountTable(
  unit: Unit,
  place: { title: string; width: number; height: number },
  read: (name: Recorded, matchers: Matchers) => string,
): BoardPanel {
  const of = (name: Recorded): string => withAccount(read(name, { unit: `="${unit}"` }));
  const look = {
    ...place,
    description: `Accounts of budgets in ${unit}, each in its own window and time zone. Used: spent by limit, of the fullest process where each keeps its own account (reach “process”; spent and limit are then sums over live processes); at 100 % an enforced budget refuses. Forecast: spent, and what the rate of the last hour adds until the window ends; rolling windows have none. Of accounts by task, user or session only the fullest is here, as “(any task)” and the like, without a forecast; one for some agents, users or models is “(some agent)”. Empty: no live process has such a budget.`,
    unit: 'short',
  };
  const amount = AS[unit];
  return table(look, {
    labels: [
      ['budget', { title: 'Budget' }],
      ['account', { title: 'Account' }],
      [RESOURCE.environment, { title: 'Environment' }],
      ['window', { title: 'Window' }],
      ['mode', { title: 'Mode' }],
      ['reach', { title: 'Reach' }],
    ],
    values: [
      [
        now(`sort_desc(${of(RECORDED.ratio)})`),
        { title: 'Used', unit: 'percentunit', decimals: 0, bar: true, thresholds: USED },
      ],
      [now(of(RECORDED.spent)), { title: 'Spent', unit: amount }],
      [now(of(RECORDED.reserved)), { title: 'Reserved', unit: amount }],
      [now(of(RECORDED.limit)), { title: 'Limit', unit: amount }],
      [now(of(RECORDED.remaining)), { title: 'Remaining', unit: amount }],
      [
        now(of(RECORDED.forecast), {
          quiet: 'only an account with a fixed end has a forecast: no rolling one, and none that stands for all tasks',
        }),
        { title: 'Forecast', unit: amount },
      ],
      [now(`${of(RECORDED.windowEnd)} * 1000`), { title: 'Window ends', unit: 'dateTimeFromNow' }],
    ],
    sortBy: 'Used',
  });
}

const USED = [
  [0.8, 'yellow'],
  [1, 'red'],
] as const;
