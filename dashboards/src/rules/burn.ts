import { RECORDED } from '../promql/recorded.ts';
import type { Alert } from './alert.ts';
import { pace, type BurnTime } from './recording.ts';
import { ACCOUNT_NAME, figure } from './words.ts';

/** When spending counts as too fast: so many times the pace that uses up the limit just at the window's end, over both times. */
export interface BurnRule {
  readonly windows: string;
  readonly factor: number;
  /** Says that it is not a moment's peak. */
  readonly long: BurnTime;
  /** Says that it still goes on, so that the alert ends soon after the spending. */
  readonly short: BurnTime;
}

/**
 * Of a day: 6 uses up the limit in four hours; over less than half an hour, single dear calls set it off (see ../simulation).
 * Of weeks and months: the factors of the SRE workbook.
 */
export const FAST: readonly BurnRule[] = [
  { windows: 'day', factor: 6, long: '30m', short: '5m' },
  { windows: 'week|month', factor: 14.4, long: '1h', short: '5m' },
];
/** What can wait for the morning: 3 uses up a day's limit in eight hours. */
export const SLOW: readonly BurnRule[] = [
  { windows: 'day', factor: 3, long: '1h', short: '15m' },
  { windows: 'week|month', factor: 6, long: '6h', short: '30m' },
];

const FIGURES = `{{ printf "%.1f" $value }} times as fast as the limit allows over the whole window; ${figure(RECORDED.spent)} of ${figure(RECORDED.limit)} is spent.`;

/** Spending that is too fast, told long before the limit is reached. */
export const BURN_ALERTS: readonly Alert[] = [
  {
    name: 'TollgateFastBurn',
    severity: 'page',
    priority: 'P2',
    expr: FAST.map(burning).join('\nor\n'),
    for: '2m',
    keepFiringFor: '10m',
    summary: `Budget ${ACCOUNT_NAME} is being used up within hours`,
    description: `Spending goes ${FIGURES}`,
    board: 'tollgate-budgets',
  },
  {
    name: 'TollgateSlowBurn',
    severity: 'ticket',
    priority: 'P3',
    expr: SLOW.map(burning).join('\nor\n'),
    for: '15m',
    keepFiringFor: '30m',
    summary: `Budget ${ACCOUNT_NAME} is being used up well before its window ends`,
    description: `Spending goes ${FIGURES}`,
    board: 'tollgate-budgets',
  },
];

function burning({ windows, factor, long, short }: BurnRule): string {
  const over = (time: BurnTime): string => `${pace(time)}{window=~"${windows}"} > ${factor}`;
  return `(${over(long)} and ${over(short)})`;
}
