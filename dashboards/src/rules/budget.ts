import type { Alert } from './alert.ts';
import { RECORDED } from '../promql/recorded.ts';
import { ACCOUNT_NAME, figure } from './words.ts';
import { WINDOW_SECONDS } from './window-length.ts';

const { ratio, closed, limit, spent, forecast } = RECORDED;

/** Shorter windows are there to refuse now and then: nobody is told. */
const LONG = `${WINDOW_SECONDS} >= 12 * 3600`;
/** Of an account that counts dollars and calls the one that is fuller: else every alert would come twice. */
const FULLEST = `ignoring (unit) group_left () max without (unit) (${ratio})`;
const NOT_EXCEEDED = `${ratio} < 1 unless ${closed} == 1`;
const OF_LIMIT = `${figure(spent)} of ${figure(limit)} is spent`;

/** A limit that is reached, will be, or is near. */
export const BUDGET_ALERTS: readonly Alert[] = [
  {
    name: 'TollgateBudgetExceeded',
    severity: 'page',
    priority: 'P1',
    // Where budgets are enforced spend stops short of the limit: then it is the closed account that tells.
    expr: `(
  (
    (${ratio} and ${closed} == 1)
    or
    ${ratio} >= 1
  )
  == ${FULLEST}
)
and
(${LONG})`,
    keepFiringFor: '2m',
    summary: `Budget ${ACCOUNT_NAME} is used up`,
    description: `${OF_LIMIT} ({{ $value | humanizePercentage }}, window: {{ $labels.window }}). Where the budget is enforced, every call is refused until the window ends or the limit is raised; where it warns or observes, spending goes on.`,
    board: 'tollgate-budgets',
  },
  {
    name: 'TollgateBudgetSoftLimit',
    severity: 'ticket',
    priority: 'P3',
    expr: `(
  (${ratio} >= 0.8)
  == ${FULLEST}
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
  (${forecast}{window="day"} / ${limit}) > 0.9
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
