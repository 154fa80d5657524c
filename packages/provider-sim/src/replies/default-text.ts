import { hashOf } from './hash.ts';

// Each is one token in the usual tokenizers, with a space before it.
const WORDS =
  'the report shows that most of our users read it in less than one day and then ask for more data about cost time and use we can plan this work with care so each team may see what was done how long it took and where to look next'.split(
    ' ',
  );

/** Words that depend on the seed alone: as many as asked for, or between 8 and 40. Each is one token. */
export function defaultText(seed: string, length: number = 8 + (hashOf(seed) % 33)): string {
  let state = hashOf(seed);
  const words = Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return WORDS[(state >>> 16) % WORDS.length];
  });
  return words.join(' ');
}
