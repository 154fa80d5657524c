import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { countTokens, splitTokens } from './split-tokens.ts';

it('takes a word with its space, three digits, three signs as one token each', () => {
  expect(splitTokens('The bill is $12345, and unconditionally so!')).toEqual([
    'The',
    ' bill',
    ' is',
    ' $',
    '123',
    '45',
    ',',
    ' and',
    ' unconditiona',
    'lly',
    ' so',
    '!',
  ]);
});

it('loses nothing of any text, and never has more tokens than the text has bytes', () => {
  assert(
    property(string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(splitTokens(text).join('')).toBe(text);
      expect(countTokens(text)).toBeLessThanOrEqual(Buffer.byteLength(text));
    }),
  );
});
