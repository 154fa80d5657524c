import { RECORDED } from '../promql/recorded.ts';
import type { Alert } from './alert.ts';
import { pace, type BurnTime } from './recording.ts';
import { WINDOW_SECONDS } from './window-length.ts';
import { ACCOUNT_NAME, figure, inGreatestUnit } from './words.ts';

/** When spending counts as too fast: so many times the pace that uses up the limit just at the window's end, over both times. */
export interface BurnRule {
  /** Windows about as long as a day, calendar or rolling, or longer ones. Shorter ones are there to refuse. */
  readonly windows: 'days' | 'longer';
  readonly factor: number;
  /** Says that it is not a moment's peak. */
  readonly long: BurnTime;
  /** Says that it still goes on, so that the alert ends soon after the spending. */
  readonly short: BurnTime;
}

const LENGTHS: { readonly [W in BurnRule['windows']]: string } = {
  days: `${WINDOW_SECONDS} >= 12 * 3600 < 48 * 3600`,
  longer: `${WINDOW_SECONDS} >= 48 * 3600`,
};

/**
 * Of a day: 6 uses up the limit in four hours; over less than half an hour, single dear calls set it off (see ../simulation).
 * Of weeks and months: the factors of the SRE workbook.
 */
export const FAST: readonly [BurnRule, ...BurnRule[]] = [
  { windows: 'days', factor: 6, long: '30m', short: '5m' },
  { windows: 'longer', factor: 14.4, long: '1h', short: '5m' },
];
/** What can wait for the morning: 3 uses up a day's limit in eight hours. */
export const SLOW: readonly [BurnRule, ...BurnRule[]] = [
  { windows: 'days', factor: 3, long: '1h', short: '15m' },
  { windows: 'longer', factor: 6, long: '6h', short: '30m' },
];

/** Spending that is too fast, told long before the limit is reached. */
export const BURN_ALERTS: readonly Alert[] = [
  {
    name: 'TollgateFastBurn',
    severity: 'page',
    priority: 'P2',
    expr: burning(FAST),
    for: '2m',
    keepFiringFor: '10m',
    summary: `Budget ${ACCOUNT_NAME} is being used up within hours`,
    description: description(FAST),
    board: 'tollgate-budgets',
  },
  {
    name: 'TollgateSlowBurn',
    severity: 'ticket',
    priority: 'P3',
    expr: burning(SLOW),
    for: '15m',
    keepFiringFor: '30m',
    summary: `Budget ${ACCOUNT_NAME} is being used up well before its window ends`,
    description: description(SLOW),
    board: 'tollgate-budgets',
  },
];

/** One alert for an account: that of dollars and that of calls are the same news. */
function burning(rules: readonly BurnRule[]): string {
  return `max without (unit) (
  ${rules.map(tooFast).join('\n  or\n  ')}
)`;
}

function tooFast({ windows, factor, long, short }: BurnRule): string {
  return `(${pace(long)} > ${factor} and ${pace(short)} > ${factor} and ${LENGTHS[windows]})`;
}

function description([{ long }]: readonly [BurnRule, ...BurnRule[]]): string {
  const spent = inGreatestUnit(
    pace(long),
    (unit) => `; ${figure(RECORDED.spent, unit)} of ${figure(RECORDED.limit, unit)} is spent`,
  );
  return `Spending goes {{ printf "%.1f" $value }} times as fast as the limit allows over the whole window${spent}.`;
}
