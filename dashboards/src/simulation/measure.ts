import type { Alert } from '../rules/alert.ts';
import { BURN_ALERTS, FAST, SLOW, type BurnRule } from '../rules/burn.ts';
import { pageTimes } from './page-times.ts';
import { batch, day, diurnal, flat, randomOf, runaway, together, type Profile } from './spend.ts';

/** How often an alert was set off by days that did not exceed their limit. */
export interface QuietDays {
  days: string;
  /** Days that were simulated and stayed below the limit. */
  count: number;
  /** Of these, the days with a page, and with a ticket. */
  paged: number;
  ticketed: number;
}

/** How soon a page came for a loop. Medians; minutes, and shares of the limit. */
export interface Detection {
  times: number;
  begins: string;
  delay: number;
  slowest: number;
  spent: number;
  left: number;
  missed: number;
}

const DAYS = 200;
const COMMON_CALL = 0.001;
const NIGHT = 2 * 60;

const PAGE: Watch = { rule: ofDay(FAST), alert: alertOf('TollgateFastBurn') };
const TICKET: Watch = { rule: ofDay(SLOW), alert: alertOf('TollgateSlowBurn') };

interface Watch {
  rule: BurnRule;
  alert: Alert;
}

/** Days on which nobody need be woken. */
export function quietDays(): QuietDays[] {
  const half = diurnal(0.5);
  return [
    quiet('flat, 90 % of the limit', flat(0.9)),
    quiet('diurnal, 90 %', diurnal(0.9)),
    quiet('diurnal, 90 %, a call is 0.5 % of the limit', diurnal(0.9), 0.005),
    quiet('diurnal, 90 %, a call is 2 % of the limit', diurnal(0.9), 0.02),
    quiet(
      'diurnal, 50 %, and a batch of 25 % over two hours',
      together(half, batch(0.25, { from: NIGHT, minutes: 120 })),
    ),
    quiet(
      'diurnal, 50 %, and a batch of 25 % over one hour',
      together(half, batch(0.25, { from: NIGHT, minutes: 60 })),
    ),
    quiet(
      'diurnal, 50 %, and a batch of 25 % within half an hour',
      together(half, batch(0.25, { from: NIGHT, minutes: 30 })),
    ),
  ];
}

/** Days of half the limit, with a loop that nobody stops. */
export function detections(): Detection[] {
  return [8, 12, 24, 96].flatMap((times) => [
    detect(times, 'at 2 o’clock', NIGHT),
    detect(times, 'at 10 o’clock', 10 * 60),
  ]);
}

function quiet(days: string, profile: Profile, callShare: number = COMMON_CALL): QuietDays {
  const simulated = seeds((random) => day(profile, { callShare, random })).filter((spent) => (spent.at(-1) ?? 0) < 1);
  const withAlert = ({ rule, alert }: Watch): number =>
    simulated.filter((spent) => pageTimes(spent, rule, alert).length > 0).length;
  return { days, count: simulated.length, paged: withAlert(PAGE), ticketed: withAlert(TICKET) };
}

function detect(times: number, begins: string, from: number): Detection {
  const profile = together(diurnal(0.5), runaway(times, from));
  const found = seeds((random) => {
    const spent = day(profile, { callShare: COMMON_CALL, random });
    const end = spent.findIndex((share) => share >= 1);
    const at = pageTimes(spent, PAGE.rule, PAGE.alert).find((minute) => minute >= from);
    if (at === undefined || at >= end) return undefined;
    return { delay: at - from, spent: (spent[at] ?? 0) - (spent[from - 1] ?? 0), left: end - at };
  });
  const paged = found.filter((each) => each !== undefined);
  const of = (key: 'delay' | 'spent' | 'left'): number[] => paged.map((each) => each[key]);
  return {
    times,
    begins,
    delay: quantile(of('delay'), 0.5),
    slowest: quantile(of('delay'), 0.95),
    spent: quantile(of('spent'), 0.5),
    left: quantile(of('left'), 0.5),
    missed: found.length - paged.length,
  };
}

function seeds<T>(simulate: (random: () => number) => T): T[] {
  return Array.from({ length: DAYS }, (_, seed) => simulate(randomOf(seed)));
}

function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN;
}

function ofDay(rules: readonly BurnRule[]): BurnRule {
  const rule = rules.find(({ windows }) => windows === 'days');
  if (rule === undefined) throw new Error('no burn rule is about days');
  return rule;
}

function alertOf(name: string): Alert {
  const alert = BURN_ALERTS.find((each) => each.name === name);
  if (alert === undefined) throw new Error(`there is no ${name}`);
  return alert;
}
