import type { OpenCall } from './open-call.ts';

/** How long a reply may stay unread before its call is settled by estimate, in ms. */
const UNREAD_AFTER_MS = 600_000;
/** How often open calls are looked through, in ms. */
const SWEEP_EVERY_MS = 60_000;

const open = new Set<OpenCall>();
let sweeping: NodeJS.Timeout | undefined;

/** From now on the call is settled at the latest ten minutes after it began: a stream that nobody reads must not hold its reservation for ever. */
export function watchUnread(call: OpenCall): void {
  open.add(call);
  sweeping ??= setInterval(sweep, SWEEP_EVERY_MS).unref();
}

/** The call has ended by itself. */
export function withdrawUnread(call: OpenCall): void {
  open.delete(call);
}

function sweep(): void {
  const before = Date.now() - UNREAD_AFTER_MS;
  for (const call of open) if (call.request.startedAt < before) call.abort(undefined);
}
