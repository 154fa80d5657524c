import { describe, expect, it } from 'vitest';
import { batch, DAY, day, diurnal, flat, randomOf, runaway, together, type Profile } from './spend.ts';

function whole(profile: Profile): number {
  return Array.from({ length: DAY }, (_, minute) => profile(minute)).reduce((sum, each) => sum + each, 0);
}

describe('a profile', () => {
  it.each([
    ['flat', flat(0.9), 0.9],
    ['diurnal', diurnal(0.9), 0.9],
    ['batch', batch(0.25, { from: 120, minutes: 30 }), 0.25],
    ['runaway from noon', runaway(8, DAY / 2), 4],
    ['together', together(flat(0.5), flat(0.25)), 0.75],
  ])('%s spends its share of the limit over the day', (_, profile, share) => {
    expect(whole(profile)).toBeCloseTo(share, 9);
  });

  it('is highest at one in the afternoon where it is diurnal', () => {
    const profile = diurnal(1);
    expect(profile(13 * 60)).toBeGreaterThan(profile(9 * 60));
    expect(profile(13 * 60)).toBeGreaterThan(10 * profile(3 * 60));
  });
});

describe('a day', () => {
  it('spends what its profile says on average, never less than before, and the same for a seed', () => {
    const days = Array.from({ length: 50 }, (_, seed) => day(flat(0.5), { callShare: 0.001, random: randomOf(seed) }));
    const average = days.reduce((sum, spent) => sum + (spent.at(-1) ?? 0), 0) / days.length;
    expect(average).toBeCloseTo(0.5, 1);
    expect(days.every((spent) => spent.every((share, minute) => share >= (spent[minute - 1] ?? 0)))).toBe(true);
    expect(day(flat(0.5), { callShare: 0.001, random: randomOf(7) })).toEqual(days[7]);
  });

  it('can spend many calls within a minute', () => {
    const spent = day(() => 1, { callShare: 0.001, random: randomOf(1) });
    expect(spent[0]).toBeGreaterThan(0.8);
    expect(spent[0]).toBeLessThan(1.2);
  });
});
