import type { OpenCall } from './open-call.ts';

/** More background responses than anybody waits for at once. */
const MOST_PENDING = 10_000;

const pending = new Map<string, OpenCall>();

/**
 * Keeps the call of a background response until a later request brings its usage, or a day has gone by. Where there are
 * more than anybody waits for, the oldest is settled by estimate.
 */
export function keepPending(responseId: string, call: OpenCall): void {
  if (pending.size >= MOST_PENDING) makeRoom();
  pending.set(responseId, call);
}

function makeRoom(): void {
  for (const [id, known] of pending) if (known.ended) pending.delete(id);
  const [oldest] = pending;
  if (oldest === undefined || pending.size < MOST_PENDING) return;
  pending.delete(oldest[0]);
  oldest[1].giveUp();
}

/** The call that this response was created by, where it is still open. */
export function pendingCall(responseId: string): OpenCall | undefined {
  const call = pending.get(responseId);
  if (call?.ended !== true) return call;
  pending.delete(responseId);
  return undefined;
}
