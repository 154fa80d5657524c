import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { windowAt, windowLabel, type CalendarKind, type Window } from './window.ts';

const HOUR = 3_600_000;
const KINDS: readonly CalendarKind[] = ['minute', 'hour', 'day', 'week', 'month'];
const FROM = Date.UTC(2020, 0, 1);
const UNTIL = Date.UTC(2041, 0, 1);

function at(window: Window, iso: string): [string | undefined, string | undefined] {
  const { span } = windowAt(window, Date.parse(iso));
  return [span && new Date(span.opensAt).toISOString(), span && new Date(span.resetsAt).toISOString()];
}

function calendar(kind: CalendarKind, timeZone = 'UTC', weekStart: 1 | 7 = 1): Window {
  return { kind, timeZone, weekStart };
}

test.each<[CalendarKind, string, string]>([
  ['minute', '2026-11-24T13:55:00.000Z', '2026-11-24T13:56:00.000Z'],
  ['hour', '2026-11-24T13:00:00.000Z', '2026-11-24T14:00:00.000Z'],
  ['day', '2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'],
  ['week', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
  ['month', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
])('the %s of a Tuesday in UTC', (kind, opensAt, resetsAt) => {
  expect(at(calendar(kind), '2026-11-24T13:55:45.101Z')).toEqual([opensAt, resetsAt]);
});

test('a week can begin on Sunday', () => {
  expect(at(calendar('week', 'UTC', 7), '2026-11-24T13:55:45Z')[0]).toBe('2026-11-22T00:00:00.000Z');
  expect(at(calendar('week', 'Asia/Tokyo', 7), '2026-11-21T15:00:00Z')[0]).toBe('2026-11-21T15:00:00.000Z');
});

test('days have 23 and 25 hours where clocks change', () => {
  const berlin = calendar('day', 'Europe/Berlin');
  expect(at(berlin, '2026-03-29T12:00:00Z')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  expect(at(berlin, '2026-10-25T12:00:00Z')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
});

test('a month in Berlin is closed one hour off where its ends lie on both sides of a change', () => {
  const [opensAt, resetsAt] = at(calendar('month', 'Europe/Berlin'), '2026-03-15T00:00:00Z');
  expect([opensAt, resetsAt]).toEqual(['2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z']);
});

test('a month ends on its last day, leap years included', () => {
  expect(at(calendar('month'), '2028-02-29T23:59:59.999Z')[1]).toBe('2028-03-01T00:00:00.000Z');
  expect(at(calendar('month', 'America/New_York'), '2026-12-31T12:00:00Z')[1]).toBe('2027-01-01T05:00:00.000Z');
});

test('hours follow offsets that are no whole number of hours, and are cut where such a clock changes', () => {
  expect(at(calendar('hour', 'Asia/Kolkata'), '2026-11-24T13:55:00Z')[0]).toBe('2026-11-24T13:30:00.000Z');
  const lordHowe = calendar('hour', 'Australia/Lord_Howe');
  expect(at(lordHowe, '2026-04-04T14:59:59Z')).toEqual(['2026-04-04T14:00:00.000Z', '2026-04-04T15:00:00.000Z']);
  expect(at(lordHowe, '2026-04-04T15:00:00Z')).toEqual(['2026-04-04T15:00:00.000Z', '2026-04-04T15:30:00.000Z']);
});

test('total and rolling windows have no ends', () => {
  expect(windowAt({ kind: 'total' }, 5)).toEqual({ id: 'total', span: undefined });
  const rolling: Window = { kind: 'rolling', lengthMs: 24 * HOUR, text: '24h' };
  expect(windowAt(rolling, 5)).toEqual({ id: 'rolling-24h', span: undefined });
  expect(windowLabel(rolling)).toBe('rolling-24h');
});

test('the id names the window, and only that window', () => {
  const day = calendar('day', 'Europe/Berlin');
  const ids = ['2026-11-23T23:00:00Z', '2026-11-24T22:59:59Z', '2026-11-24T23:00:00Z'].map(
    (iso) => windowAt(day, Date.parse(iso)).id,
  );
  expect(ids).toEqual(['day@2026-11-23T23:00:00.000Z', 'day@2026-11-23T23:00:00.000Z', 'day@2026-11-24T23:00:00.000Z']);
});

test('from 2020 to 2040, in any zone, every instant lies in exactly one window and windows leave no gap', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const anyWindow = fc.record({
    kind: fc.constantFrom(...KINDS),
    timeZone: fc.constantFrom('UTC', ...zones),
    weekStart: fc.constantFrom<1 | 7>(1, 7),
  });
  fc.assert(
    fc.property(anyWindow, fc.integer({ min: FROM, max: UNTIL }), (window, now) => {
      const here = windowAt(window, now);
      const { opensAt, resetsAt } = here.span ?? { opensAt: NaN, resetsAt: NaN };
      expect(opensAt).toBeLessThanOrEqual(now);
      expect(resetsAt).toBeGreaterThan(now);
      expect(windowAt(window, opensAt).id).toBe(here.id);
      expect(windowAt(window, resetsAt - 1).id).toBe(here.id);
      expect(windowAt(window, resetsAt).span?.opensAt).toBe(resetsAt);
      expect(windowAt(window, opensAt - 1).span?.resetsAt).toBe(opensAt);
    }),
    { numRuns: 500 },
  );
}, 30_000);

test('walks through every window around every change of clocks in zones that change in odd ways', () => {
  const odd = [
    'America/Havana',
    'America/Santiago',
    'Asia/Beirut',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'America/Nuuk',
    'Asia/Gaza',
    'Africa/Casablanca',
  ];
  for (const timeZone of odd) {
    let now = Date.UTC(2025, 0, 1);
    while (now < Date.UTC(2027, 0, 1)) {
      const { span } = windowAt(calendar('day', timeZone), now);
      if (span === undefined) throw new Error('a day has a span');
      const hours = (span.resetsAt - span.opensAt) / HOUR;
      expect(span.opensAt).toBe(now === Date.UTC(2025, 0, 1) ? span.opensAt : now);
      expect([23, 23.5, 24, 24.5, 25]).toContain(hours);
      now = span.resetsAt;
    }
  }
}, 30_000);
