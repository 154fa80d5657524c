import type { Place } from './place.ts';

/** Turns the text of an environment variable into what one would write in code; the option's check does the rest. */
export type FromText = (text: string, place: Place) => unknown;

/** The text is the value. */
export const plain: FromText = (text) => text;

/** One of `words` where the text is that in any case, else the text. */
export function anyCase(...words: readonly string[]): FromText {
  return (text) => words.find((word) => word === text.toLowerCase()) ?? text;
}

/** true, false, 1 and 0. */
export const yesOrNo: FromText = (text) =>
  ({ true: true, '1': true, false: false, '0': false })[text.toLowerCase()] ?? text;

/** `a,b,c` */
export const words: FromText = (text) => text.split(',').map((word) => word.trim());

/** `key=value,key=value`; a value may contain `=`, a key may not. */
export const pairs: FromText = (text, place) => {
  const entries = words(text, place) as string[];
  const wrong = entries.find((entry) => entry.indexOf('=') < 1);
  if (wrong !== undefined) return place.reject(`must be key=value,key=value; '${wrong}' is not`, text);
  return Object.fromEntries(entries.map((entry) => entry.split(/=(.*)/s).slice(0, 2)));
};

/** JSON. */
export const json: FromText = (text, place) => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return place.reject(`must be JSON: ${(error as Error).message}`, text);
  }
};

/** JSON where it looks like a list, else the text. */
export const jsonListOrText: FromText = (text, place) => (text.trimStart().startsWith('[') ? json(text, place) : text);

/** A word that stands for itself, or `a,b,c`. */
export function wordOr(word: string): FromText {
  return (text, place) => (text.toLowerCase() === word ? word : words(text, place));
}
