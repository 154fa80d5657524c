import p50k from 'js-tiktoken/ranks/p50k_base';
import { describe, expect, it } from 'vitest';
import { NO_TOKEN, Vocabulary } from './vocabulary.ts';

describe('Vocabulary', () => {
  it('finds every token at its place in the list, over all lines of the ranks', () => {
    const tokens = p50k.bpe_ranks.split('\n').flatMap((line) => line.split(' ').slice(2));
    const vocabulary = new Vocabulary(p50k.bpe_ranks);
    const found = tokens.map((token) => {
      const bytes = Buffer.from(token, 'base64');
      return vocabulary.rankOf(bytes, 0, bytes.length);
    });
    expect(found).toEqual(tokens.map((_, index) => index));
  });

  it('knows what is no token, however long', () => {
    const vocabulary = new Vocabulary('! 0 YQ== Yg== YWI=');
    const bytes = new TextEncoder().encode('abba');
    expect(vocabulary.rankOf(bytes, 0, 2)).toBe(2);
    expect(vocabulary.rankOf(bytes, 3, 4)).toBe(0);
    expect(vocabulary.rankOf(bytes, 1, 3)).toBe(NO_TOKEN);
    expect(vocabulary.rankOf(bytes, 0, 4)).toBe(NO_TOKEN);
  });
});
