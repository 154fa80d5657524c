import { expect, it } from 'vitest';
import { alignTable } from './table.ts';
import { cell, compact, plural } from './text.ts';

it('aligns the first column to the left and the others to the right', () => {
  const rows = [
    ['agent', 'calls', 'spent'],
    ['researcher', '7', '$1.25'],
    ['café', '12', ''],
  ];
  expect(alignTable(rows)).toEqual(['agent       calls  spent', 'researcher      7  $1.25', 'café           12']);
});

it('makes a cell exactly as wide as asked', () => {
  expect([cell('ab', 4), cell('ab', 4, 'right'), cell('abcdef', 4), cell('abc', 1), cell('abc', 0)]).toEqual([
    'ab  ',
    '  ab',
    'abc…',
    '…',
    '',
  ]);
  expect(cell('a\nb\u001b', 5)).toBe('a?b? ');
});

it('writes numbers for people', () => {
  expect([compact(999), compact(48_520), compact(1_234_567)]).toEqual(['999', '48.5k', '1.2M']);
  expect([plural(1, 'call'), plural(2_500, 'call')]).toEqual(['1 call', '2.5k calls']);
});
