import * as fc from 'fast-check';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { LongMerge } from './merge-long.ts';
import { mergeShort, SHORT_PIECE } from './merge-short.ts';
import { Vocabulary, type RankLookup } from './vocabulary.ts';

const vocabulary = new Vocabulary(o200k.bpe_ranks);
const encoder = new TextEncoder();

/** Merges and tells how many bytes were looked up on the way: what the time of a merge is made of. */
function bytesLookedUp(bytes: Uint8Array): number {
  let looked = 0;
  const counting: RankLookup = {
    rankOf(of, from, to) {
      looked += Math.min(to - from, 128);
      return vocabulary.rankOf(of, from, to);
    },
  };
  new LongMerge().count(bytes, bytes.length, counting);
  return looked;
}

describe('LongMerge', () => {
  it.each([['a'], [' '], ['='], ['\n'], ['中'], ['qzxj'], ['GATTACA']])(
    'looks up twice the bytes for twice the run of %j, not four times',
    (unit) => {
      const once = bytesLookedUp(encoder.encode(unit.repeat(4_000)));
      const twice = bytesLookedUp(encoder.encode(unit.repeat(8_000)));
      expect(twice / once).toBeGreaterThan(1.9);
      expect(twice / once).toBeLessThan(2.1);
    },
  );

  it('agrees with the merge of short pieces on any piece that both take', () => {
    const long = new LongMerge();
    const letters = fc.string({
      unit: fc.constantFrom(...'etaoinshr =中é'.split('')),
      minLength: 2,
      maxLength: 16,
      size: 'max',
    });
    const words = fc.array(fc.constantFrom('un', 'able', 'ation', 'ing', 'x', '==', '  ', 'the'), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          letters,
          words.map((all) => all.join('')),
        ),
        (piece) => {
          const bytes = encoder.encode(piece);
          fc.pre(bytes.length <= SHORT_PIECE);
          expect(long.count(bytes, bytes.length, vocabulary)).toBe(mergeShort(bytes, bytes.length, vocabulary));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is not disturbed by a longer piece that came before', () => {
    const long = new LongMerge();
    const bytes = encoder.encode('banana'.repeat(50));
    const first = long.count(bytes, 60, vocabulary);
    long.count(bytes, bytes.length, vocabulary);
    expect(long.count(bytes, 60, vocabulary)).toBe(first);
  });
});
