const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** The part of `process` that is needed here. */
export interface SignalledProcess {
  readonly pid: number;
  prependListener(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
  listenerCount(event: string): number;
  kill(pid: number, signal: string): unknown;
}

/**
 * Done when a signal asks the process to end. `isLast`: nobody else listens for it, and the process ends when all such work
 * is done, so it must bound itself.
 */
export type SignalWork = (isLast: boolean) => Promise<void> | void;

const watches = new WeakMap<object, SignalWatch>();

/**
 * Has `work` done when the process is asked to end. The signal then does what it did without us: where the app listens for
 * it too, its listeners decide; otherwise it is sent again and ends the process. Returns how to stop.
 */
export function onSignal(work: SignalWork, host: SignalledProcess = process): () => void {
  const watch = watches.get(host) ?? new SignalWatch(host);
  watches.set(host, watch);
  return watch.add(work);
}

/** One listener per signal for all work, so that ours are told from the app's. */
class SignalWatch {
  readonly #host: SignalledProcess;
  readonly #works = new Set<SignalWork>();
  readonly #listeners = SIGNALS.map((signal) => [signal, () => void this.#on(signal)] as const);
  #isListening = false;

  constructor(host: SignalledProcess) {
    this.#host = host;
  }

  add(work: SignalWork): () => void {
    this.#works.add(work);
    this.#listen();
    return () => {
      this.#works.delete(work);
      if (this.#works.size === 0) this.#leave();
    };
  }

  async #on(signal: string): Promise<void> {
    const isLast = this.#host.listenerCount(signal) === 1;
    // A second signal ends at once what the first one is about to end. And libraries that end the process themselves do so
    // only if nobody else listens: while they look, we don't.
    this.#leave();
    if (!isLast) queueMicrotask(() => this.#works.size > 0 && this.#listen());
    await Promise.allSettled([...this.#works].map(async (work) => work(isLast)));
    if (isLast) this.#host.kill(this.#host.pid, signal);
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    // Before the app's, which may take the process with them.
    for (const [signal, listener] of this.#listeners) this.#host.prependListener(signal, listener);
  }

  #leave(): void {
    this.#isListening = false;
    for (const [signal, listener] of this.#listeners) this.#host.removeListener(signal, listener);
  }
}
