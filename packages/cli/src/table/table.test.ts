import { expect, it } from 'vitest';
import { alignTable } from './table.ts';
import { cell } from './text.ts';

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
