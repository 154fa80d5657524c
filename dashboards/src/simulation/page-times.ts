import type { Alert } from '../rules/alert.ts';
import type { BurnRule } from '../rules/burn.ts';
import { DAY } from './spend.ts';

/** The minutes of a day at which an alert about its pace begins to fire. `spent`: as a share of the limit, by the end of each minute. */
export function pageTimes(
  spent: readonly number[],
  { factor, long, short }: BurnRule,
  alert: Pick<Alert, 'for' | 'keepFiringFor'>,
): number[] {
  const holdsAfter = minutes(alert.for ?? '0m');
  const staysFor = minutes(alert.keepFiringFor ?? '0m');
  const begins: number[] = [];
  let since: number | undefined;
  let lastTrue = -Infinity;
  let isFiring = false;
  for (let now = 0; now < spent.length; now += 1) {
    const isTrue = [long, short].every((time) => pace(spent, now, minutes(time)) > factor);
    since = isTrue ? (since ?? now) : undefined;
    if (isTrue) lastTrue = now;
    if (isFiring) isFiring = now - lastTrue <= staysFor;
    else if (since !== undefined && now - since >= holdsAfter) {
      isFiring = true;
      begins.push(now);
    }
  }
  return begins;
}

/** How many times as fast as the limit allows over the whole day. */
function pace(spent: readonly number[], now: number, time: number): number {
  const gained = (spent[now] ?? 0) - (spent[now - time] ?? 0);
  return (gained / time) * DAY;
}

function minutes(duration: string): number {
  const [, count, unit] = /^(\d+)([mh])$/.exec(duration) ?? [];
  if (count === undefined) throw new Error(`${duration} is not in whole minutes or hours`);
  return Number(count) * (unit === 'h' ? 60 : 1);
}
