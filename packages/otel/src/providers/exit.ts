import { own } from '../attribution/watch.ts';

/** The longest that the end of a process may be held up in all: a second, less what a busy machine takes to end it. */
export const EXIT_MS = 800;

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** The part of `process` that is needed here. */
export interface ExitingProcess {
  readonly pid: number;
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
  listenerCount(event: string): number;
  kill(pid: number, signal: string): unknown;
}

/**
 * Flushes when the process runs out of work, or is asked to end. A signal does what it did without us, at most a second
 * later: where the app listens for it too, its listeners decide; otherwise it is sent again and ends the process. `flush`
 * is given the time that is left for it, in ms, and awaited, so it must bound itself. Returns how to stop.
 */
export function flushAtExit(
  flush: (ms: number) => Promise<void>,
  host: ExitingProcess = process,
  now: () => number = () => performance.now(),
): () => void {
  let leftMs = EXIT_MS;
  const onSignal = SIGNALS.map((signal) => [signal, () => void onSignalOf(signal)] as const);
  const stopHolding = holdBeforeExit(host, () => {
    if (leftMs <= 0) return false;
    void flushInTime();
    return true;
  });

  function stop(): void {
    stopHolding();
    for (const [signal, listener] of onSignal) host.removeListener(signal, listener);
  }

  async function flushInTime(): Promise<void> {
    const start = now();
    await flush(leftMs);
    leftMs -= now() - start;
  }

  async function onSignalOf(signal: string): Promise<void> {
    const isOurs = host.listenerCount(signal) === 1;
    if (isOurs) stop();
    await flushInTime();
    if (isOurs) host.kill(host.pid, signal);
  }

  for (const [signal, listener] of onSignal) host.on(signal, listener);
  return stop;
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
