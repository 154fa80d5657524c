import { describe, expect, it } from 'vitest';
import { pageTimes } from './page-times.ts';
import { DAY } from './spend.ts';

const RULE = { windows: 'days', factor: 6, long: '30m', short: '5m' } as const;
const ALERT = { for: '2m', keepFiringFor: '10m' };

/** Spend by minute, from what each minute spends in multiples of the even pace. */
function spentAt(paceOf: (minute: number) => number): number[] {
  let spent = 0;
  return Array.from({ length: 300 }, (_, minute) => (spent += paceOf(minute) / DAY));
}

describe('a burn alert', () => {
  it('fires when the pace has been over the factor for long enough', () => {
    // 13 × 14 of 30 minutes is 6.07, after 14 minutes: minute 113. It has to hold for two more.
    expect(
      pageTimes(
        spentAt((minute) => (minute < 100 ? 0 : 13)),
        RULE,
        ALERT,
      ),
    ).toEqual([115]);
  });

  it('is silent below the factor, however long', () => {
    expect(
      pageTimes(
        spentAt(() => 5.9),
        RULE,
        ALERT,
      ),
    ).toEqual([]);
  });

  it('is silent when the spending has stopped, although the long time still remembers it', () => {
    const peak = (minute: number): number => (minute >= 100 && minute < 102 ? 100 : 0);
    expect(pageTimes(spentAt(peak), { ...RULE, short: '5m' }, { ...ALERT, for: '6m' })).toEqual([]);
  });

  it('fires once for a spending that pauses for less than it stays', () => {
    const pausing = (minute: number): number => (minute < 100 || (minute >= 150 && minute < 155) ? 0 : 13);
    expect(pageTimes(spentAt(pausing), RULE, ALERT)).toEqual([115]);
  });

  it('fires again after a longer pause', () => {
    const pausing = (minute: number): number => (minute < 100 || (minute >= 150 && minute < 200) ? 0 : 13);
    expect(pageTimes(spentAt(pausing), RULE, ALERT)).toEqual([115, 215]);
  });

  it('refuses times that it cannot count', () => {
    expect(() => pageTimes([0], RULE, { for: '90s' })).toThrow('90s is not in whole minutes');
  });
});
