import type { BodyObserver } from './body-observer.ts';

/** What a body is read from, piece by piece. */
export interface BodySource {
  next(): Promise<IteratorResult<unknown>>;
  /** The reader has stopped before the end. */
  return?(value?: unknown): Promise<IteratorResult<unknown>>;
  /** The body has been read to its end, or broke off. */
  over?(): void;
}

/** Encodes what some transports hand over as text; bytes pass as they are. */
function asBytes(chunk: unknown): Uint8Array | undefined {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk === 'string') return Buffer.from(chunk);
  return undefined;
}

/**
 * An iterator over a body that shows every piece to the observer. It pulls only when it is pulled, and `return()` reaches
 * the body, so that a reader who stops early cancels the HTTP stream as it would without us.
 */
export function observeIterator(source: BodySource, observer: BodyObserver): AsyncIterableIterator<unknown> {
  let done = false;
  let reading: Promise<unknown> | undefined;
  const finished: IteratorResult<unknown> = { done: true, value: undefined };

  function onResult(result: IteratorResult<unknown>): IteratorResult<unknown> | Promise<IteratorResult<unknown>> {
    reading = undefined;
    if (result.done === true) {
      done = true;
      source.over?.();
      const held = observer.end();
      return held === undefined ? result : { done: false, value: held };
    }
    const bytes = asBytes(result.value);
    if (bytes === undefined) return result;
    const kept = observer.chunk(bytes);
    if (kept === bytes) return result;
    return kept === undefined ? iterator.next() : { done: false, value: kept };
  }

  function onFailure(error: unknown): never {
    reading = undefined;
    done = true;
    source.over?.();
    observer.failed(error);
    throw error;
  }

  function stop(value: unknown): Promise<IteratorResult<unknown>> {
    if (done) return Promise.resolve({ done: true, value });
    done = true;
    observer.cancelled();
    return source.return?.(value) ?? Promise.resolve({ done: true, value });
  }

  const iterator: AsyncIterableIterator<unknown> = {
    next() {
      if (done) return Promise.resolve(finished);
      const read = source.next().then(onResult, onFailure);
      reading = read;
      return read;
    },
    return(value?: unknown) {
      const stopNow = (): Promise<IteratorResult<unknown>> => stop(value);
      // A piece that is being read comes first.
      return reading === undefined ? stopNow() : reading.then(stopNow, stopNow);
    },
    [Symbol.asyncIterator]() {
      return iterator;
    },
  };
  return iterator;
}
