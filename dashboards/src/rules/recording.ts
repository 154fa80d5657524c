import type { MetricName } from '@tollgate/otel/conventions';
import { label, RESOURCE, series } from '../promql/names.ts';
import { RECORDED } from '../promql/recorded.ts';
import { narrowed } from '../promql/selector.ts';
import { ACCOUNT_UNIT, ONE_ACCOUNT, SHARED } from './labels.ts';
import { by } from './expression.ts';
import { WINDOW_SECONDS } from './window-length.ts';

/** A series that is computed at each evaluation. */
export interface Recording {
  readonly record: string;
  readonly expr: string;
}

const END = series('tollgate.budget.window.end');
// The end of a rolling window is when its oldest spend leaves: it passes between two exports without anything being over.
const OPEN = `(${END}{window!="rolling"} > time() or ${END}{window="rolling"})`;
const PER_STORE = [...ACCOUNT_UNIT, label('store')];

/** The window that is open now. The last words of a process that died before midnight are about one that is over. */
function open(metric: MetricName): string {
  return `${series(metric)} and ${OPEN}`;
}

/** Processes that share a store say the same of an account, some of them a moment later; the greatest is the latest. */
function ofStore(metric: MetricName): string {
  return by('max', PER_STORE, open(metric));
}

// A limit of 0 blocks on purpose: what was spent before has no share of it.
const LIMITED = `(${ofStore('tollgate.budget.limit')} > 0)`;

const BURN_TIMES = ['5m', '15m', '30m', '1h', '6h'] as const;

/** A time over which the pace of spending is taken. */
export type BurnTime = (typeof BURN_TIMES)[number];

/** The pace of an account's spending: 1 uses up the limit just when a whole window is over, 6 in a sixth of it. */
export function pace(time: BurnTime): string {
  return `tollgate:budget_pace:rate${time}`;
}

/** How accounts stand over all replicas: the one place where the processes' own words are put together. */
export const RECORDINGS: readonly Recording[] = [
  { record: RECORDED.limit, expr: by('sum', ACCOUNT_UNIT, ofStore('tollgate.budget.limit')) },
  { record: RECORDED.common, expr: common() },
  { record: RECORDED.spent, expr: by('sum', ACCOUNT_UNIT, ofStore('tollgate.budget.spent')) },
  { record: RECORDED.closed, expr: by('max', ACCOUNT_UNIT, open('tollgate.budget.closed')) },
  { record: RECORDED.windowStart, expr: by('max', ACCOUNT_UNIT, open('tollgate.budget.window.start')) },
  {
    record: RECORDED.windowEnd,
    expr: by('max', ACCOUNT_UNIT, `${END}{window!="total"} and ${OPEN}`),
  },
  { record: RECORDED.reserved, expr: by('sum', ACCOUNT_UNIT, open('tollgate.budget.reserved')) },
  { record: RECORDED.charged, expr: by('sum', ACCOUNT_UNIT, series('tollgate.budget.charged')) },
  { record: RECORDED.remaining, expr: `${RECORDED.limit} - ${RECORDED.spent} - ${RECORDED.reserved}` },
  // Each store enforces its own limit: where processes keep their own accounts, the fullest of them is the one that refuses.
  {
    record: RECORDED.ratio,
    expr: by('max', ACCOUNT_UNIT, `${ofStore('tollgate.budget.spent')} / ${LIMITED}`),
  },
  { record: RECORDED.forecast, expr: forecast() },
  ...BURN_TIMES.map((time) => ({
    record: pace(time),
    expr: `${by('max', ACCOUNT_UNIT, `${perSecond(time)} / ${LIMITED}`)} * ${WINDOW_SECONDS}`,
  })),
];

function common(): string {
  const { environment } = RESOURCE;
  const [day, week, month] = ['day', 'week', 'month'].map(
    (window) => `${RECORDED.limit}{unit="usd", window="${window}", ${SHARED}}`,
  );
  return `topk by (${environment}) (
  1,
  ${day}
  or
  (${week} unless on (${environment}) ${day})
  or
  (${month} unless on (${environment}) (${day} or ${week}))
)`;
}

/**
 * What a store is charged: the rate is taken of each counter before they are added up, since a sum falls when a process
 * ends. Each store has a limit of its own, so a store that is gone with its process counts neither here nor there.
 */
function perSecond(time: BurnTime): string {
  return by('sum', PER_STORE, `rate(${narrowed(series('tollgate.budget.charged'), ONE_ACCOUNT)}[${time}])`);
}

function forecast(): string {
  const end = narrowed(RECORDED.windowEnd, { window: '!="rolling"', ...ONE_ACCOUNT });
  const rate = by('sum', ACCOUNT_UNIT, `${perSecond('1h')} and ${ofStore('tollgate.budget.limit')}`);
  return `${RECORDED.spent} + (${rate} * (${end} - time()) or 0 * ${end})`;
}
