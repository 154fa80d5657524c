import type { ScheduleData } from '../data/price-data.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Whether a price with this schedule applies at `at` (epoch ms), all in UTC. With `hours: [[1, 4]]`, 01:00 is inside and
 * 04:00 is not. A day in `except` is outside whatever its weekday.
 */
export function isScheduled(schedule: ScheduleData, at: number): boolean {
  const hour = (((at % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS;
  if (!schedule.hours.some(([from, to]) => hour >= from && hour < to)) return false;
  // 1970-01-01 was a Thursday.
  const weekday = ((((Math.floor(at / DAY_MS) + 3) % 7) + 7) % 7) + 1;
  if (schedule.days !== undefined && !schedule.days.includes(weekday)) return false;
  return schedule.except === undefined || !schedule.except.includes(new Date(at).toISOString().slice(0, 10));
}
