import type { CalendarKind, Span } from './window.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const WEEK = 7 * DAY;

// 1970-01-01 was a Thursday: the first Monday and the first Sunday on or after it, in ms.
const FIRST_MONDAY = 4 * DAY;
const FIRST_SUNDAY = 3 * DAY;

/** Calendar windows in UTC, where every day has 24 hours. */
export function utcWindow(kind: CalendarKind, weekStart: 1 | 7, now: number): Span {
  switch (kind) {
    case 'minute':
      return slot(now, MINUTE, 0);
    case 'hour':
      return slot(now, HOUR, 0);
    case 'day':
      return slot(now, DAY, 0);
    case 'week':
      return slot(now, WEEK, weekStart === 1 ? FIRST_MONDAY : FIRST_SUNDAY);
    case 'month':
      return month(now);
  }
}

/** The slot of `lengthMs` that `now` lies in, where one slot begins at `origin`. */
export function slot(now: number, lengthMs: number, origin: number): Span {
  const opensAt = Math.floor((now - origin) / lengthMs) * lengthMs + origin;
  return { opensAt, resetsAt: opensAt + lengthMs };
}

function month(now: number): Span {
  const date = new Date(now);
  const [year, index] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { opensAt: Date.UTC(year, index, 1), resetsAt: Date.UTC(year, index + 1, 1) };
}
