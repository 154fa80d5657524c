import { isThenable, own, type OnEnd, type Within } from './watch.ts';

const WAYS = ['next', 'return', 'throw'] as const;

type Way = (typeof WAYS)[number];

/** Whether `value` does its work step by step while it is read, as generator objects do: iterable, and with a `next`. */
export function isStepwise(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (!(Symbol.asyncIterator in value || Symbol.iterator in value)) return false;
  return typeof (value as { next?: unknown }).next === 'function';
}

/**
 * Has `within` run each step of a generator object: its body runs when it is read, wherever that is. Calls `onEnd` when it
 * is done, left or broken. Gives back the same object; one that takes no further property stays as it is and ends at once.
 */
export function watchSteps<T extends object>(steps: T, within: Within, onEnd: OnEnd): T {
  if (!Object.isExtensible(steps)) {
    onEnd();
    return steps;
  }
  for (const way of WAYS) watchWay(steps, way, within, onEnd);
  return steps;
}

function watchWay(steps: object, way: Way, within: Within, onEnd: OnEnd): void {
  const original: unknown = Reflect.get(steps, way);
  if (typeof original !== 'function') return;
  const came = <R>(step: R): R => {
    if (isLast(step, way)) onEnd();
    return step;
  };
  const broke = (error: unknown): never => {
    onEnd({ error });
    throw error;
  };
  own(steps, way, (...args: unknown[]) => {
    let step: unknown;
    try {
      step = within((): unknown => Reflect.apply(original, steps, args));
    } catch (error) {
      return broke(error);
    }
    return isThenable(step) ? step.then(came, broke) : came(step);
  });
}

/** What an iterator answers when it is left needs to say nothing. */
function isLast(step: unknown, way: Way): boolean {
  const { done } = (step ?? {}) as { done?: unknown };
  return way === 'return' ? done !== false : Boolean(done);
}
