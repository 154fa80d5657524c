import type { BodyObserver } from './body-observer.ts';

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
export function observeIterator(
  source: AsyncIterator<unknown>,
  observer: BodyObserver,
): AsyncIterableIterator<unknown> {
  let done = false;
  const finished: IteratorResult<unknown> = { done: true, value: undefined };

  function onResult(result: IteratorResult<unknown>): IteratorResult<unknown> | Promise<IteratorResult<unknown>> {
    if (result.done === true) {
      done = true;
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
    done = true;
    observer.failed(error);
    throw error;
  }

  const iterator: AsyncIterableIterator<unknown> = {
    next() {
      if (done) return Promise.resolve(finished);
      return source.next().then(onResult, onFailure);
    },
    return(value?: unknown) {
      if (!done) {
        done = true;
        observer.cancelled();
      }
      return source.return?.(value) ?? Promise.resolve({ done: true, value });
    },
    [Symbol.asyncIterator]() {
      return iterator;
    },
  };
  return iterator;
}
