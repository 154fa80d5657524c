import type { PricePlan } from '../plan.ts';
import { planAt, type Timeline } from './price-timeline.ts';

/** The dearest of these at `at`: by what a token of input and one of output cost together in the first tier. */
export function dearestOf(timelines: readonly (Timeline | undefined)[], at: number): PricePlan | undefined {
  let dearest: PricePlan | undefined;
  let most = -1;
  for (const timeline of timelines) {
    const plan = timeline && planAt(timeline, at);
    const rates = plan?.tiers[0]?.rates;
    if (rates !== undefined && rates.input + rates.output > most) {
      dearest = plan;
      most = rates.input + rates.output;
    }
  }
  return dearest;
}

/** Words of a name that say what dearer kind of model it is; a name without them is of a plain text model. */
const KINDS: Readonly<Record<string, string>> = {
  pro: 'grade',
  ultra: 'grade',
  max: 'grade',
  research: 'research',
  realtime: 'realtime',
  live: 'realtime',
  audio: 'audio',
  tts: 'speech',
  image: 'image',
  dall: 'image',
  video: 'video',
};
const SMALL = new Set(['mini', 'nano']);

/**
 * The models of the same kind that share the most leading words with `id`; all of that kind where none shares any.
 * `claude-opus-6` is of the family of `claude-opus-4-8`, not of `claude-sonnet-5`; `o5` is not of that of `o1-pro`.
 */
export function familyOf<M extends { id: string }>(id: string, models: readonly M[]): readonly M[] {
  const words = wordsOf(id);
  const alike = ofKind(words, models);
  let family: M[] = [];
  let most = 0;
  for (const model of alike) {
    const shared = sharedWords(words, wordsOf(model.id));
    if (shared > most) {
      family = [];
      most = shared;
    }
    if (shared === most && most > 0) family.push(model);
  }
  return most === 0 ? alike : family;
}

/** Models without a dearer word that these words lack; for a voice only voices, for a small one only small ones, where there are any. */
function ofKind<M extends { id: string }>(words: readonly string[], models: readonly M[]): readonly M[] {
  const kinds = new Set(words.map(kindOf));
  const alike = models.filter(({ id }) => wordsOf(id).every((word) => kindOf(word) === '' || kinds.has(kindOf(word))));
  const small = words.some(isSmall) ? alike.filter(({ id }) => wordsOf(id).some(isSmall)) : [];
  const mode = words.map(kindOf).find((kind) => kind !== '' && kind !== 'grade');
  const sameMode =
    mode === undefined ? [] : alike.filter(({ id }) => wordsOf(id).some((word) => kindOf(word) === mode));
  return [sameMode, small, alike, models].find((list) => list.length > 0) ?? models;
}

function kindOf(word: string): string {
  return Object.hasOwn(KINDS, word) ? KINDS[word]! : '';
}

function isSmall(word: string): boolean {
  return SMALL.has(word);
}

function wordsOf(id: string): string[] {
  return id
    .toLowerCase()
    .split(/[-./:@_ ]+/)
    .filter((word) => word !== '');
}

function sharedWords(words: readonly string[], others: readonly string[]): number {
  let shared = 0;
  while (shared < words.length && words[shared] === others[shared]) shared++;
  return shared;
}
