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

/**
 * The models that share the most leading words with `id`; all of them where none shares any. `claude-opus-6` is of the
 * family of `claude-opus-4-8`, not of `claude-sonnet-5`.
 */
export function familyOf<M extends { id: string }>(id: string, models: readonly M[]): readonly M[] {
  const words = wordsOf(id);
  let family: M[] = [];
  let most = 0;
  for (const model of models) {
    const shared = sharedWords(words, wordsOf(model.id));
    if (shared > most) {
      family = [];
      most = shared;
    }
    if (shared === most && most > 0) family.push(model);
  }
  return most === 0 ? models : family;
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
