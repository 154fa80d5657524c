import { didYouMean, parseDuration } from '@tollgate/core/start';
import { within, type Check } from './place.ts';
import { either, show } from './show.ts';

/** `: did you mean 'x'?`, or nothing. */
export function hint(word: unknown, candidates: readonly string[]): string {
  const near = typeof word === 'string' ? didYouMean(word, candidates) : undefined;
  return near === undefined ? '' : `: did you mean '${near}'?`;
}

/** Whether `value` is an object with named fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text with something in it. */
export const text: Check<string> = (value, place) =>
  typeof value === 'string' && value.trim() !== '' ? value : place.reject(`must be a text, is ${show(value)}`, value);

/** true or false, and nothing like them. */
export const flag: Check<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : place.reject(`must be true or false, is ${show(value)}`, value);

/** A duration in ms; zero is one too. */
export const duration: Check<number> = (value, place) => {
  const ms = value === '0s' ? 0 : typeof value === 'string' ? parseDuration(value) : undefined;
  return ms ?? place.reject(`must be a duration such as '10s', '500ms' or '0s', is ${show(value)}`, value);
};

/** One of a few words. */
export function choice<const W extends string>(...words: readonly W[]): Check<W> {
  return (value, place) =>
    words.find((word) => word === value) ??
    place.reject(`must be ${either(words)}, is ${show(value)}${hint(value, words)}`, value);
}

/** A list of words, each of them one of `words` where those are given. Repeats are dropped. */
export function listOf<W extends string>(words: readonly W[] | undefined, example: string): Check<W[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return place.reject(`must be a list such as ${example}, is ${show(value)}`, value);
    const wrong = value.map((word: unknown, index) => {
      if (words === undefined ? typeof word === 'string' && word !== '' : words.includes(word as W)) return false;
      const rule = words === undefined ? 'a text' : either(words);
      place.reject(`must be ${rule}, is ${show(word)}${hint(word, words ?? [])}`, word, `[${index}]`);
      return true;
    });
    return wrong.includes(true) ? undefined : [...new Set(value as W[])];
  };
}

/** An object with any keys, each value read by `check`; `key` may refuse a key or write it another way. */
export function mapOf<T>(check: Check<T>, example: string, key: Check<string> = text): Check<Record<string, T>> {
  return (value, place) => {
    if (!isRecord(value)) return place.reject(`must be an object such as ${example}, is ${show(value)}`, value);
    const entries: [string, T][] = [];
    for (const [name, item] of Object.entries(value)) {
      const inside = within(place, `['${name}']`);
      const readKey = key(name, inside);
      const readItem = check(item, inside);
      if (readKey !== undefined && readItem !== undefined) entries.push([readKey, readItem]);
    }
    return entries.length === Object.keys(value).length ? Object.fromEntries(entries) : undefined;
  };
}
