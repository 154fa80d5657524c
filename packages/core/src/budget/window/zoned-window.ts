import type { Temporal } from 'temporal-polyfill';
import { temporal } from './temporal.ts';
import { slot, utcWindow } from './utc-window.ts';
import type { CalendarKind, Span } from './window.ts';

const HOUR = 3_600_000;

/** Calendar windows as a clock in `timeZone` shows them: days of 23 to 25 hours, weeks and months to match. */
export function zonedWindow(kind: CalendarKind, timeZone: string, weekStart: 1 | 7, now: number): Span {
  // Every offset in use is a whole number of minutes, so a minute begins everywhere at once.
  if (kind === 'minute') return utcWindow(kind, weekStart, now);
  const local = temporal().Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  if (kind === 'hour') return hour(local, now);
  const first = firstDay(local.toPlainDate(), kind, weekStart);
  const next = first.add(kind === 'day' ? { days: 1 } : kind === 'week' ? { days: 7 } : { months: 1 });
  return { opensAt: midnight(first, timeZone), resetsAt: midnight(next, timeZone) };
}

function firstDay(date: Temporal.PlainDate, kind: 'day' | 'week' | 'month', weekStart: 1 | 7): Temporal.PlainDate {
  if (kind === 'day') return date;
  if (kind === 'month') return date.with({ day: 1 });
  return date.subtract({ days: (date.dayOfWeek - weekStart + 7) % 7 });
}

function midnight(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime({ timeZone }).epochMilliseconds;
}

/** An hour that a change of offset falls into is cut there: Lord Howe Island moves its clocks by 30 minutes. */
function hour(local: Temporal.ZonedDateTime, now: number): Span {
  const offsetMs = local.offsetNanoseconds / 1e6;
  const { opensAt, resetsAt } = slot(now, HOUR, -offsetMs);
  const changed = local.getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
  const changes = local.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
  // "Previous" excludes a change at this very instant.
  const change = local.subtract({ nanoseconds: 1 }).offsetNanoseconds === local.offsetNanoseconds ? changed : now;
  return { opensAt: Math.max(opensAt, change), resetsAt: Math.min(resetsAt, changes) };
}
