import type { Alert } from './alert.ts';
import { RECORDED } from '../promql/recorded.ts';
import { everywhere } from '../promql/selector.ts';
import { by } from './expression.ts';
import { ACCOUNT, IDS } from './labels.ts';
import { ACCOUNT_NAME, figure } from './words.ts';
import { WINDOW_SECONDS } from './window-length.ts';

const { ratio, closed, limit, spent, forecast } = RECORDED;

/** Shorter windows are there to refuse now and then: nobody is told. */
const LONG = `${WINDOW_SECONDS} >= 12 * 3600`;
const NOT_EXCEEDED = `${ratio} < 1 unless ${closed} == 1`;
const OF_LIMIT = `${figure(spent)} of ${figure(limit)} is spent`;
/** Accounts by task, user or session. */
const ONE_OF_MANY = IDS.map((key) => `${ratio}{${key}!=""}`).join(' or ');

/** A limit that is reached, will be, or is near. */
export const BUDGET_ALERTS: readonly Alert[] = [
  {
    name: 'TollgateBudgetExceeded',
    severity: 'page',
    priority: 'P1',
    expr: `${usedUp()}
unless
(${ONE_OF_MANY})`,
    keepFiringFor: '2m',
    summary: `Budget ${ACCOUNT_NAME} is used up`,
    description: `${OF_LIMIT} ({{ $value | humanizePercentage }}, window: {{ $labels.window }}). Where the budget is enforced, every call is refused until the window ends or the limit is raised; where it warns or observes, spending goes on.`,
    board: 'tollgate-budgets',
  },
  {
    name: 'TollgateQuotaUsedUp',
    severity: 'ticket',
    priority: 'P3',
    expr: `${usedUp()}
and
(${ONE_OF_MANY})`,
    keepFiringFor: '10m',
    summary: `An account of budget ${ACCOUNT_NAME} is used up`,
    description: `In the fullest account ${OF_LIMIT} ({{ $value | humanizePercentage }}, window: {{ $labels.window }}). Only calls that belong to an account that is used up are refused, where the budget is enforced; the others go on.`,
    board: 'tollgate-budgets',
  },
  {
    name: 'TollgateBudgetSoftLimit',
    severity: 'ticket',
    priority: 'P3',
    expr: `(
  ${fullest((unit) => `${ratio}${unit}`)}
  >= 0.8
)
and
(${LONG})
and
(${NOT_EXCEEDED})`,
    for: '5m',
    keepFiringFor: '10m',
    summary: `Budget ${ACCOUNT_NAME} is nearly used up`,
    description: `${OF_LIMIT} ({{ $value | humanizePercentage }}, window: {{ $labels.window }}).`,
    board: 'tollgate-budgets',
  },
  {
    name: 'TollgateBudgetForecast',
    severity: 'ticket',
    priority: 'P3',
    expr: `(
  ${fullest((unit) => `(${forecast}${unit} / (${limit}{window="day"} > 0))`)}
  > 0.9
)
and
(${NOT_EXCEEDED})`,
    for: '15m',
    keepFiringFor: '15m',
    summary: `Budget ${ACCOUNT_NAME} will not last the day`,
    description: `At the rate of the last hour {{ $value | humanizePercentage }} of the limit will be spent when the day ends; now ${OF_LIMIT}.`,
    board: 'tollgate-budgets',
  },
];

/** Of an account that counts dollars and calls the fuller, of equals the first: else every alert would come twice. */
function fullest(of: (unit: string) => string): string {
  const units = ['usd', 'tokens', 'calls'].map(
    (unit) => `${of(`{unit="${unit}"}`)} == ignoring (unit) group_left () max without (unit) (${of('')})`,
  );
  return `(${units.map((unit) => `(${unit})`).join('\n  or ignoring (unit)\n  ')})`;
}

/**
 * Where budgets are enforced spend stops short of the limit: then it is the closed account that tells. One that is paused is
 * closed as well, and has refused nothing for want of money. A limit of 0 blocks on purpose.
 */
function usedUp(): string {
  return `(
  ${fullest((unit) => `${ratio}${unit}`)}
  and
  (
    ${ratio} >= 1
    or
    (${closed} == 1 and on (${ACCOUNT.join(', ')}) ${exhausted()})
  )
  unless ignoring (unit)
  ${limit} == 0
)
and
(${LONG})`;
}

/** Accounts that have refused a call within a day because they were exhausted. A counter that is younger began with 0. */
function exhausted(): string {
  const refused = everywhere('tollgate.budget.decisions', { decision: '="deny"', reason: '="exhausted"' });
  return by('max', ACCOUNT, `${refused} > (${refused} offset 1d or 0 * ${refused})`);
}
