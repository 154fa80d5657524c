import { expect, test } from 'vitest';
import { ALL, interpolate } from './interpolate.ts';

test('variables are replaced with and without braces, and groups of regular expressions are left alone', () => {
  expect(interpolate('a{b=~"$agent", c=~"${team}"}[$__range] "$1"', { ...ALL, agent: '(x|y)' })).toBe(
    'a{b=~"(x|y)", c=~".*"}[1h] "$1"',
  );
});

test('a variable without a value is a fault, not an empty string', () => {
  expect(() => interpolate('a{b=~"$nobody"}', ALL)).toThrow('$nobody has no value');
});
