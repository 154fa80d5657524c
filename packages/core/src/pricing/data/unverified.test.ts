import { describe, expect, it } from 'vitest';
import type { DraftProvider } from '../../../scripts/prices/draft.ts';
import { applyOverlay, type OverlayEntry } from '../../../scripts/prices/overlay.ts';
import { builtInPrices } from './built-in-prices.ts';

/** What is unverified of a listed model after these entries. */
function unverifiedAfter(...entries: Omit<OverlayEntry, 'models'>[]): string[] {
  const model = { id: 'm', aliases: new Set<string>(), periods: [], variants: [], unverified: new Set<string>() };
  const provider: DraftProvider = { id: 'p', names: [], hosts: [], words: {}, fallback: [], models: [model] };
  applyOverlay([provider], { provider: 'p', entries: entries.map((entry) => ({ models: ['m'], ...entry })) });
  return [...model.unverified];
}

const guessed = { source: 'unverified: nobody has read the page' };
const read = { source: 'the page', checked: '2026-11-24' };

describe('what nobody has checked', () => {
  it('is named part by part', () => {
    const entry = { ...guessed, maxOutput: 1, aliases: ['a'], set: { cacheWrite1h: 1 }, fees: { x_search: 1 } };
    const variants = [{ name: 'flex', factor: 0.5 }];
    expect(unverifiedAfter({ ...entry, variants, prices: [{ usd: {} }] })).toEqual([
      'prices',
      'aliases',
      'max_output',
      'cache_write_1h',
      'x_search',
      'flex',
    ]);
  });

  it('is forgotten once an entry with a source says the same', () => {
    expect(unverifiedAfter({ ...guessed, maxOutput: 1, aliases: [] }, { ...read, maxOutput: 2 })).toEqual(['aliases']);
    expect(unverifiedAfter({ ...read, maxOutput: 2 }, { ...guessed, maxOutput: 1 })).toEqual(['max_output']);
  });

  it('is refused where an entry has neither a day nor the word for it, or both', () => {
    expect(() => unverifiedAfter({ source: 'the page' })).toThrow('p: m needs a day');
    expect(() => unverifiedAfter({ ...guessed, checked: '2026-11-24' })).toThrow('p: m needs a day');
  });

  it("is no standard rate, but for two old names of DeepSeek's and an alias of Mistral's", () => {
    const doubtful = builtInPrices().providers.flatMap(({ id: provider, models }) => {
      return models.filter(({ unverified = [] }) => unverified.includes('prices')).map(({ id }) => `${provider}/${id}`);
    });
    expect(doubtful).toEqual(['deepseek/deepseek-chat', 'deepseek/deepseek-reasoner', 'mistral/mistral-large-latest']);
  });
});
