/** Where a value was found, and where what is wrong with it is noted. */
export interface Place {
  /** What relative paths in the value start from. */
  readonly directory: string;
  /** How a message points at the value, or at the part of it at `part` (`.usd`, `[2]`). */
  path(part?: string): string;
  /** Notes an issue with the value or a part of it. Returns undefined, for `return place.reject(…)`. */
  reject(message: string, received: unknown, part?: string): undefined;
}

/** Reads a value of unknown shape: the value as it is used, or undefined with at least one issue. */
export type Check<T> = (value: unknown, place: Place) => T | undefined;

/** The place of one part of a value. */
export function within(place: Place, part: string): Place {
  return {
    directory: place.directory,
    path: (rest = '') => place.path(part + rest),
    reject: (message, received, rest = '') => place.reject(message, received, part + rest),
  };
}
