import { isStepwise, watchSteps } from './watch-steps.ts';
import { isThenable, own, type OnEnd, type Within } from './watch.ts';

/** What the promises of SDKs have beside `then`, `catch` and `finally`: each gives a plain promise of its own. */
const OTHER_WAYS = ['asResponse', 'withResponse', 'parse'] as const;

/**
 * Calls `onEnd` when `result` has come: at once for a value, when it is read for a generator object, whose steps `within`
 * runs, when it settles for a promise, and what it settles with has come. Gives back what the app is to have. A plain promise
 * is passed through a derived one, so that a rejection that nobody handles still is one. A promise of a class of its own
 * stays that object, and is watched only through what the app itself asks of it: one that begins its work at `then` must not
 * be made to.
 */
export function watchEnd<T>(result: T, within: Within, onEnd: OnEnd): T {
  if (!isThenable(result)) return watchValue(result, within, onEnd);
  const watching = { within, onEnd };
  if (result.constructor === Promise) return settled(result, watching) as T;
  watchThen(result, watching);
  for (const way of OTHER_WAYS) watchWay(result, way, watching);
  return result;
}

interface Watching {
  within: Within;
  onEnd: OnEnd;
}

function watchValue<T>(value: T, within: Within, onEnd: OnEnd): T {
  if (isStepwise(value)) return watchSteps(value, within, onEnd);
  onEnd();
  return value;
}

function settled(promise: PromiseLike<unknown>, { within, onEnd }: Watching): PromiseLike<unknown> {
  return promise.then(
    (value) => watchValue(value, within, onEnd),
    (error: unknown) => {
      onEnd({ error });
      throw error;
    },
  );
}

function watchThen(promise: PromiseLike<unknown>, { within, onEnd }: Watching): void {
  const then = promise.then.bind(promise);
  own(
    promise,
    'then',
    (onValue?: ((value: unknown) => unknown) | null, onError?: ((error: unknown) => unknown) | null) =>
      then(
        (value: unknown) => {
          const watched = watchValue(value, within, onEnd);
          return onValue == null ? watched : onValue(watched);
        },
        (error: unknown) => {
          onEnd({ error });
          if (onError == null) throw error;
          return onError(error);
        },
      ),
  );
}

function watchWay(promise: PromiseLike<unknown>, way: string, watching: Watching): void {
  const original: unknown = Reflect.get(promise, way);
  if (typeof original !== 'function') return;
  own(promise, way, (...args: unknown[]) => {
    const answer: unknown = Reflect.apply(original, promise, args);
    return isThenable(answer) && answer.constructor === Promise ? settled(answer, watching) : answer;
  });
}
