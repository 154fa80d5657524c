import { describe, expect, it } from 'vitest';
import { isScheduled } from './schedule.ts';

const peak = {
  days: [1, 2, 3, 4, 5],
  hours: [
    [1, 4],
    [6, 10],
  ] as [number, number][],
  except: ['2026-10-01'],
};

describe('isScheduled', () => {
  it.each([
    ['2026-11-18T00:59:59.999Z', false],
    ['2026-11-18T01:00:00Z', true],
    ['2026-11-18T03:59:59.999Z', true],
    ['2026-11-18T04:00:00Z', false],
    ['2026-11-18T06:00:00Z', true],
    ['2026-11-18T10:00:00Z', false],
    ['2026-11-14T02:00:00Z', false],
    ['2026-11-15T02:00:00Z', false],
    ['2026-11-16T02:00:00Z', true],
    ['2026-10-01T02:00:00Z', false],
    ['1969-12-31T02:00:00Z', true],
  ])('at %s is %s', (at, wanted) => {
    expect(isScheduled(peak, Date.parse(at))).toBe(wanted);
  });

  it('applies on every day where no days are named', () => {
    expect(isScheduled({ hours: [[1, 4]] }, Date.parse('2026-11-14T02:00:00Z'))).toBe(true);
  });
});
