import type { OpenCall } from './open-call.ts';

/** More background responses than anybody waits for at once. */
const MOST_PENDING = 10_000;

const pending = new Map<string, OpenCall>();

/** Keeps the call of a background response until a later request brings its usage, or ten minutes have gone by. */
export function keepPending(responseId: string, call: OpenCall): void {
  if (pending.size >= MOST_PENDING) for (const [id, known] of pending) if (known.ended) pending.delete(id);
  pending.set(responseId, call);
}

/** The call that this response was created by, where it is still open. */
export function pendingCall(responseId: string): OpenCall | undefined {
  const call = pending.get(responseId);
  if (call?.ended !== true) return call;
  pending.delete(responseId);
  return undefined;
}
