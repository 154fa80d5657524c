import { utcWindow } from './utc-window.ts';
import { zonedWindow } from './zoned-window.ts';

/** Windows that begin when a clock on the wall says so. */
export type CalendarKind = 'minute' | 'hour' | 'day' | 'week' | 'month';

/** The time over which a limit holds. */
export type Window =
  | { readonly kind: 'total' }
  | { readonly kind: CalendarKind; readonly timeZone: string; readonly weekStart: 1 | 7 }
  | { readonly kind: 'rolling'; readonly lengthMs: number; readonly text: string };

/** From `opensAt` until just before `resetsAt`, epoch ms. */
export interface Span {
  readonly opensAt: number;
  readonly resetsAt: number;
}

/** The one window that `now` lies in. `id` is part of the account's key, so that a new window needs no reset. */
export interface WindowInstance {
  readonly id: string;
  /** Undefined for `total` and rolling windows, which never begin or end. */
  readonly span: Span | undefined;
}

/** The window instance at `now`: a pure function of its arguments. */
export function windowAt(window: Window, now: number): WindowInstance {
  if (window.kind === 'total' || window.kind === 'rolling') return { id: windowLabel(window), span: undefined };
  const span =
    window.timeZone === 'UTC'
      ? utcWindow(window.kind, window.weekStart, now)
      : zonedWindow(window.kind, window.timeZone, window.weekStart, now);
  return { id: `${window.kind}@${new Date(span.opensAt).toISOString()}`, span };
}

/** What standings and metrics call the window: `day`, `total`, `rolling-24h`. */
export function windowLabel(window: Window): string {
  return window.kind === 'rolling' ? `rolling-${window.text}` : window.kind;
}
