import { own } from '../attribution/watch.ts';
import { onSignal, type SignalledProcess } from './signals.ts';

/** The longest that the end of a process may be held up in all: a second, less what a busy machine takes to end it. */
export const EXIT_MS = 800;

/** The part of `process` that is needed here. */
export interface ExitingProcess extends SignalledProcess {
  on(event: string, listener: () => void): unknown;
}

/**
 * Flushes when the process runs out of work, or is asked to end, which is held up by at most a second. `flush` is given the
 * time that is left for it, in ms, and whether the process ends by it; it is awaited, so it must bound itself. Returns how
 * to stop.
 */
export function flushAtExit(
  flush: (ms: number, isEnd: boolean) => Promise<void>,
  host: ExitingProcess = process,
  now: () => number = () => performance.now(),
): () => void {
  let leftMs = EXIT_MS;

  async function flushInTime(isEnd: boolean): Promise<void> {
    const start = now();
    await flush(leftMs, isEnd);
    leftMs -= now() - start;
  }

  const stopHolding = holdBeforeExit(host, () => {
    if (leftMs <= 0) return false;
    void flushInTime(true);
    return true;
  });
  const stopListening = onSignal((isLast) => {
    if (isLast) stopHolding();
    return flushInTime(isLast);
  }, host);
  return () => {
    stopHolding();
    stopListening();
  };
}

/**
 * Has `work` done each time the process is idle, before its `beforeExit` is told: work makes Node tell it once more, and
 * the app's listeners are to hear of each idleness once. `work` says whether there is any. Returns how to stop.
 */
function holdBeforeExit(host: ExitingProcess, work: () => boolean): () => void {
  const before = Object.getOwnPropertyDescriptor(host, 'emit');
  const emit: unknown = Reflect.get(host, 'emit');
  let isActive = true;
  let isHeld = false;
  const holding = function (this: unknown, event: string, ...args: unknown[]): boolean {
    if (event === 'beforeExit' && isActive) {
      isHeld = !isHeld && work();
      if (isHeld) return true;
    }
    return Reflect.apply(emit as typeof holding, this, [event, ...args]);
  };
  own(host, 'emit', holding);
  return () => {
    isActive = false;
    // Somebody may have wrapped it once more: then ours stays, and only passes on.
    if (Reflect.get(host, 'emit') !== holding) return;
    if (before === undefined) Reflect.deleteProperty(host, 'emit');
    else Object.defineProperty(host, 'emit', before);
  };
}
