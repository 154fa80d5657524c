import type { BodyObserver } from './body-observer.ts';
import { observeIterator, type BodySource } from './observed-iterator.ts';

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Own properties beat the prototype's and leave identity, `instanceof` and all other members as they are. */
function own(target: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
}

/** A reader whose reads are seen. Its own methods are replaced, so `releaseLock`, `closed` and `instanceof` stay the platform's. */
function observeReader(reader: Reader, observer: BodyObserver): Reader {
  const read = reader.read.bind(reader);
  const cancel = reader.cancel.bind(reader);
  const observed = observeIterator({ next: read }, observer);
  own(reader, 'read', () => observed.next());
  own(reader, 'cancel', (reason?: unknown) => {
    observer.cancelled();
    return cancel(reason);
  });
  return reader;
}

/** A stream of what a reader reads; the reader keeps the body locked, as `tee` does. */
function streamOf(reader: Reader): ReadableStream<unknown> {
  return ReadableStream.from({
    async *[Symbol.asyncIterator]() {
      let isOver = false;
      try {
        for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
        isOver = true;
      } finally {
        if (!isOver) await reader.cancel();
      }
    },
  });
}

/**
 * A reader as what a stream's own iterator is to `for await`: it lets go of the stream at the end, and cancels it where the
 * loop is left. It takes fewer promises for a piece than the platform's iterator, which makes up for those of observing it.
 */
function sourceOf(reader: Reader, preventCancel: boolean): BodySource {
  const over = (): void => reader.releaseLock();
  return {
    next: () => reader.read(),
    over,
    async return(value?: unknown) {
      const cancelled = preventCancel ? undefined : reader.cancel(value);
      over();
      await cancelled;
      return { done: true, value };
    },
  };
}

function tapWebStream(body: ReadableStream<Uint8Array>, observer: BodyObserver): void {
  const getReader = body.getReader.bind(body) as (options?: unknown) => Reader;
  const cancel = body.cancel.bind(body);
  const observed = (options?: { preventCancel?: boolean }): AsyncIterableIterator<unknown> =>
    observeIterator(sourceOf(getReader(), options?.preventCancel === true), observer);
  own(body, Symbol.asyncIterator, observed);
  own(body, 'values', observed);
  own(body, 'getReader', (options?: { mode?: string }) =>
    // A bring-your-own-buffer reader fills the app's memory: it is left alone, and the call is settled by its estimate.
    options?.mode === 'byob' ? getReader(options) : observeReader(getReader(options), observer),
  );
  own(body, 'cancel', (reason?: unknown) => {
    observer.cancelled();
    return cancel(reason);
  });
  const through = (): ReadableStream<unknown> => ReadableStream.from(observed());
  own(body, 'tee', () => streamOf(observeReader(getReader(), observer)).tee());
  own(body, 'pipeTo', (...to: Parameters<ReadableStream['pipeTo']>) => through().pipeTo(...to));
  own(body, 'pipeThrough', (...to: Parameters<ReadableStream['pipeThrough']>) => through().pipeThrough(...to));
}

/**
 * Shows what is read from a response body to the observer: a web stream, or a Node stream as node-fetch (openai 4) has it.
 * The body object stays the same one.
 */
export function tapBody(body: object, observer: BodyObserver): void {
  if (body instanceof ReadableStream) {
    tapWebStream(body as ReadableStream<Uint8Array>, observer);
    return;
  }
  const iterable = body as Partial<AsyncIterable<unknown>>;
  const iterate = iterable[Symbol.asyncIterator]?.bind(body);
  if (iterate !== undefined) own(body, Symbol.asyncIterator, () => observeIterator(iterate(), observer));
}
