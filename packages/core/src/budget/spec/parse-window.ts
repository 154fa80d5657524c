import { parseDuration } from '../window/duration.ts';
import type { FieldReader } from './field-reader.ts';
import { isRecord, isText, show, suggestion } from './field-reader.ts';
import type { Window } from '../window/window.ts';

const CALENDAR = ['minute', 'hour', 'day', 'week', 'month'] as const;
const FIXED = ['total', ...CALENDAR] as const;
const RULE = `must be one of ${FIXED.join(', ')}, or { rolling: '24h' }`;
const TOTAL: Window = Object.freeze({ kind: 'total' });
const SHORTEST_ROLLING_MS = 1000;

/** The `window` of a budget, with the `timeZone` and `weekStart` that belong to it. */
export function parseWindow(fields: FieldReader): Window {
  const value = fields.get('window');
  if (isRecord(value)) {
    rejectCalendar(fields, 'rolling');
    return parseRolling(fields, value);
  }
  if (value === 'total') {
    rejectCalendar(fields, 'total');
    return TOTAL;
  }
  const timeZone = parseTimeZone(fields);
  const kind = CALENDAR.find((calendar) => calendar === value);
  const weekStart = parseWeekStart(fields, kind);
  if (kind === undefined) {
    fields.reject('window', `${RULE}, is ${show(value)}${isText(value) ? suggestion(value, FIXED) : ''}`);
    return TOTAL;
  }
  return Object.freeze({ kind, timeZone, weekStart });
}

function rejectCalendar(fields: FieldReader, kind: 'total' | 'rolling'): void {
  for (const key of ['timeZone', 'weekStart']) {
    if (fields.get(key) !== undefined) fields.reject(key, `has no effect on a ${kind} window: remove it`);
  }
}

/** Where the window itself is wrong, a first day of the week may be meant for a week. */
function parseWeekStart(fields: FieldReader, kind: (typeof CALENDAR)[number] | undefined): 1 | 7 {
  if (kind === undefined || kind === 'week') return fields.choice('weekStart', [1, 7] as const, 1);
  if (fields.get('weekStart') !== undefined) {
    const window = `${kind === 'hour' ? 'an' : 'a'} ${kind} window`;
    fields.reject('weekStart', `has no effect on ${window}: remove it, or set window: 'week'`);
  }
  return 1;
}

function parseRolling(fields: FieldReader, value: Readonly<Record<string, unknown>>): Window {
  const inner = fields.inside('window', value, ['rolling']);
  const text = inner.get('rolling');
  const lengthMs = isText(text) ? parseDuration(text) : undefined;
  if (!isText(text) || lengthMs === undefined || lengthMs < SHORTEST_ROLLING_MS) {
    inner.reject('rolling', `must be a duration of at least 1s such as '15m', '24h', '7d', is ${show(text)}`);
    return TOTAL;
  }
  return Object.freeze({ kind: 'rolling', lengthMs, text: text.trim() });
}

function parseTimeZone(fields: FieldReader): string {
  const value = fields.get('timeZone');
  if (value === undefined) return 'UTC';
  if (isText(value) && isTimeZone(value)) return value;
  const near = isText(value) ? suggestion(value, Intl.supportedValuesOf('timeZone')) : '';
  fields.reject('timeZone', `must be an IANA time zone such as 'Europe/Berlin', is ${show(value)}${near}`);
  return 'UTC';
}

function isTimeZone(name: string): boolean {
  if (name === 'UTC') return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
