import { isThenable, own, type OnEnd } from './watch.ts';

/** What the promises of SDKs have beside `then`, `catch` and `finally`: each gives a plain promise of its own. */
const OTHER_WAYS = ['asResponse', 'withResponse', 'parse'] as const;

/**
 * Calls `onEnd` when `result` has come: at once for a value, when it settles for a promise. Gives back what the app is to
 * have. A plain promise is passed through a derived one, so that a rejection that nobody handles still is one. A promise of
 * a class of its own stays that object, and is watched only through what the app itself asks of it: one that begins its
 * work at `then` must not be made to.
 */
export function watchEnd<T>(result: T, onEnd: OnEnd): T {
  if (!isThenable(result)) {
    onEnd();
    return result;
  }
  if (result.constructor === Promise) return settled(result, onEnd) as T;
  watchThen(result, onEnd);
  for (const way of OTHER_WAYS) watchWay(result, way, onEnd);
  return result;
}

function settled(promise: PromiseLike<unknown>, onEnd: OnEnd): PromiseLike<unknown> {
  return promise.then(
    (value) => {
      onEnd();
      return value;
    },
    (error: unknown) => {
      onEnd({ error });
      throw error;
    },
  );
}

function watchThen(promise: PromiseLike<unknown>, onEnd: OnEnd): void {
  const then = promise.then.bind(promise);
  own(
    promise,
    'then',
    (onValue?: ((value: unknown) => unknown) | null, onError?: ((error: unknown) => unknown) | null) =>
      then(
        (value: unknown) => {
          onEnd();
          return onValue == null ? value : onValue(value);
        },
        (error: unknown) => {
          onEnd({ error });
          if (onError == null) throw error;
          return onError(error);
        },
      ),
  );
}

function watchWay(promise: PromiseLike<unknown>, way: string, onEnd: OnEnd): void {
  const original: unknown = Reflect.get(promise, way);
  if (typeof original !== 'function') return;
  own(promise, way, (...args: unknown[]) => {
    const answer: unknown = Reflect.apply(original, promise, args);
    return isThenable(answer) && answer.constructor === Promise ? settled(answer, onEnd) : answer;
  });
}
