import { EXPORT_FAILED, EXPORT_SUCCEEDED, type ExportResult, type Exporter } from './exporter.ts';

/** Short enough that two signals can fail one after the other's start within a second, and below OTLP's first retry (0.8 s). */
export const BRISK_MS = 700;
const BREAK_MS = 1000;

/** What is done with items that could not be sent. */
export interface Backlog<Items> {
  /** What was kept, with `items` at the end. Empties the backlog. */
  take(items: Items): Items;
  keep(items: Items): void;
}

/** Keeps the newest `most` items (a BatchSpanProcessor's default queue), for exporters of lists. */
export function listBacklog<Item>(most: number = 2048): Backlog<Item[]> {
  let kept: Item[] = [];
  return {
    take(items) {
      const all = kept.length === 0 ? items : [...kept, ...items];
      kept = [];
      return all;
    },
    keep(items) {
      kept = [...kept, ...items].slice(-most);
    },
  };
}

/** For cumulative metrics: the next export says it all again. */
export function noBacklog<Items>(): Backlog<Items> {
  return { take: (items) => items, keep: () => {} };
}

/**
 * Sends at the SDK's own pace, with its retries, to an endpoint that has answered before; to one that never has, and at
 * exit, with a short time-out and no retry, so that a dead endpoint does not hold up the end of the process (8 s with
 * the SDK's defaults). What could not be sent is kept and sent with the next batch.
 */
export class TwoSpeedExporter<Items> implements Exporter<Items> {
  readonly #steady: Exporter<Items>;
  readonly #brisk: Exporter<Items>;
  readonly #backlog: Backlog<Items>;
  readonly #onFirstFailure: (error: Error | undefined) => void;
  readonly #now: () => number;
  #answered = false;
  #hurried = false;
  #failedAt: number | undefined;

  constructor(options: {
    steady: Exporter<Items>;
    brisk: Exporter<Items>;
    backlog: Backlog<Items>;
    onFirstFailure: (error: Error | undefined) => void;
    now?: (() => number) | undefined;
  }) {
    this.#steady = options.steady;
    this.#brisk = options.brisk;
    this.#backlog = options.backlog;
    this.#onFirstFailure = options.onFirstFailure;
    this.#now = options.now ?? (() => performance.now());
  }

  /** The process is about to end. */
  hurry(): void {
    this.#hurried = true;
  }

  export(items: Items, done: (result: ExportResult) => void): void {
    const all = this.#backlog.take(items);
    const isBrisk = this.#hurried || !this.#answered;
    if (isBrisk && this.#failedAt !== undefined && this.#now() - this.#failedAt < BREAK_MS) {
      this.#backlog.keep(all);
      done({ code: EXPORT_FAILED, error: new Error('the endpoint has failed within the last second') });
      return;
    }
    (isBrisk ? this.#brisk : this.#steady).export(all, (result) => {
      this.#settle(all, result);
      done(result);
    });
  }

  async forceFlush(): Promise<void> {
    await Promise.all([this.#steady.forceFlush?.(), this.#brisk.forceFlush?.()]);
  }

  async shutdown(): Promise<void> {
    await Promise.all([this.#steady.shutdown(), this.#brisk.shutdown()]);
  }

  #settle(all: Items, result: ExportResult): void {
    // A final no (400, 413, …) is an answer, and would come again: those items are lost, as with the SDK alone.
    const isRefused = typeof (result.error as { code?: unknown } | undefined)?.code === 'number';
    if (result.code === EXPORT_SUCCEEDED || isRefused) {
      this.#answered = true;
      this.#failedAt = undefined;
      return;
    }
    if (this.#failedAt === undefined && !this.#answered) this.#onFirstFailure(result.error);
    this.#failedAt = this.#now();
    this.#backlog.keep(all);
  }
}
