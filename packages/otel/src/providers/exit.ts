/** The longest that the end of a process may be held up: a second, less what a busy machine takes to end it. */
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
 * is awaited for as long as it takes, so it must bound itself. Returns how to stop listening.
 */
export function flushAtExit(flush: () => Promise<void>, host: ExitingProcess = process): () => void {
  let isFlushed = false;
  const onSignal = SIGNALS.map((signal) => [signal, () => void onSignalOf(signal)] as const);
  const onIdle = (): void => {
    // Flushing is work: without this the process would become idle again and again.
    if (!isFlushed) void flush();
    isFlushed = true;
  };

  function stop(): void {
    host.removeListener('beforeExit', onIdle);
    for (const [signal, listener] of onSignal) host.removeListener(signal, listener);
  }

  async function onSignalOf(signal: string): Promise<void> {
    const isOurs = host.listenerCount(signal) === 1;
    if (isOurs) stop();
    await flush();
    if (isOurs) host.kill(host.pid, signal);
  }

  host.on('beforeExit', onIdle);
  for (const [signal, listener] of onSignal) host.on(signal, listener);
  return stop;
}
