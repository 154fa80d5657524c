import type { OpenCall } from './open-call.ts';

/** How long a reply may lie unread before its call is settled by estimate, in ms. */
const UNREAD_AFTER_MS = 600_000;
/** The longest that a call may be open, in ms: whether a provider still answers is the SDK's to decide, but nothing is kept for ever. */
const OPEN_FOR_MS = 86_400_000;
/** How often open calls are looked through, in ms. */
const SWEEP_EVERY_MS = 60_000;

/**
 * The calls that were let through and have not ended. A stream that nobody reads must not hold its reservation for ever:
 * it is settled ten minutes after it came, or after the last piece of it was read. A provider may take longer to answer.
 */
export class OpenCalls {
  readonly #calls = new Set<OpenCall>();
  readonly #now: () => number;
  readonly #report: (where: string, fault: unknown) => void;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(now: () => number, report: (where: string, fault: unknown) => void) {
    this.#now = now;
    this.#report = report;
  }

  add(call: OpenCall): void {
    this.#calls.add(call);
    this.#sweeping ??= setInterval(() => this.#sweep(), SWEEP_EVERY_MS).unref();
  }

  delete(call: OpenCall): void {
    this.#calls.delete(call);
  }

  /** Settles every call that has been sent, because nobody will be there to see it end. Those that wait to be sent stay. */
  settle(): void {
    for (const call of this.#calls) if (call.isSent) this.#giveUp(call);
  }

  #sweep(): void {
    const now = this.#now();
    for (const call of this.#calls) {
      const isOver = now - call.request.startedAt >= OPEN_FOR_MS || call.unreadFor(now) >= UNREAD_AFTER_MS;
      if (isOver) this.#giveUp(call);
    }
    if (this.#calls.size > 0) return;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
  }

  #giveUp(call: OpenCall): void {
    try {
      call.giveUp();
    } catch (fault) {
      this.#report('settling an open call', fault);
    }
  }
}
