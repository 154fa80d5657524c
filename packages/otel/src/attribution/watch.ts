/** Told once how something ended. */
export type OnEnd = (failure?: { error: unknown }) => void;

/** Runs one step where it belongs. */
export type Within = <R>(step: () => R) => R;

/** Whether `value` can be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** Gives `target` a property of its own in place of an inherited one, as invisible as that. */
export function own(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
}
