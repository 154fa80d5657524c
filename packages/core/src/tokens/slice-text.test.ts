import * as fc from 'fast-check';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import r50k from 'js-tiktoken/ranks/r50k_base';
import { describe, expect, it } from 'vitest';
import { SLICE_LENGTH, sliceEnd } from './slice-text.ts';

const PATTERNS = [o200k, cl100k, r50k].map((ranks) => new RegExp(ranks.pat_str, 'gu'));

const TEXT = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "don't ",
        ' the',
        '\n\n',
        '  ',
        "'S",
        '12345',
        '中文',
        '。',
        'e\u0301',
        '😀',
        '𝟘𝟙',
        '𠀀',
        '/=\r\n',
        '\u00a0',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { minLength: 5, maxLength: 30 },
  )
  .map((parts) => parts.join(''));

function pieceEnds(text: string, pattern: RegExp): Set<number> {
  return new Set([...text.matchAll(pattern)].map((match) => match.index + match[0].length));
}

describe('sliceEnd', () => {
  it('cuts no piece of any encoding and changes none, unless it reaches the full length', () => {
    fc.assert(
      fc.property(TEXT, fc.integer({ min: 4, max: 20 }), (text, length) => {
        const end = sliceEnd(text, 0, length);
        if (end >= length - 1 || end === text.length) return;
        for (const pattern of PATTERNS) {
          const whole = pieceEnds(text, pattern);
          const parts = pieceEnds(text.slice(0, end), pattern);
          for (const later of pieceEnds(text.slice(end), pattern)) parts.add(later + end);
          expect(parts).toEqual(whole);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('ends at the text, never past it', () => {
    expect(sliceEnd('short', 0)).toBe(5);
    expect(sliceEnd('short', 3)).toBe(5);
  });

  it('finds the last boundary within the length', () => {
    expect(sliceEnd('one two three', 0, 9)).toBe(7);
    expect(sliceEnd('ab12cd', 0, 5)).toBe(4);
  });

  it('takes no place for a boundary where a piece may go on', () => {
    expect(sliceEnd('one 12345', 0, 7)).toBe(3);
    expect(sliceEnd('one 12𝟘45', 0, 7)).toBe(3);
    expect(sliceEnd("one don't", 0, 8)).toBe(3);
    expect(sliceEnd('one e\u0301e', 0, 6)).toBe(3);
    expect(sliceEnd('one 中𠀀中', 0, 6)).toBe(3);
  });

  it('cuts a run without a boundary at the full length, but no surrogate pair', () => {
    expect(sliceEnd('aaaaaaaa', 0, 5)).toBe(5);
    expect(sliceEnd('😀😀😀😀', 0, 5)).toBe(4);
  });

  it('keeps a slice within 64 KiB of UTF-8', () => {
    const text = '中'.repeat(SLICE_LENGTH + 10);
    expect(Buffer.byteLength(text.slice(0, sliceEnd(text, 0)))).toBeLessThanOrEqual(65_536);
  });
});
