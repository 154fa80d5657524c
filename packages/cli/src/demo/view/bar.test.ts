import { expect, it } from 'vitest';
import { budgetBar, shareBar } from './bar.ts';
import { PLAIN } from './style.ts';

it.each([
  [0, 0, '░░░░░░░░░░'],
  [0.001, 0, '█░░░░░░░░░'],
  [0.5, 0.2, '█████▒▒░░░'],
  [0.999, 0, '█████████░'],
  [0.9, 0.1, '█████████▒'],
  [1, 0, '██████████'],
  [1.7, 0.4, '██████████'],
  [Number.NaN, 0, '░░░░░░░░░░'],
])('draws %d spent and %d reserved as %s', (spent, reserved, bar) => {
  expect(budgetBar(10, spent, reserved, PLAIN)).toBe(bar);
});

it('draws a share as a thin bar of the same width', () => {
  expect(shareBar(10, 0.34, PLAIN)).toBe('───       ');
});
