import { expect, it } from 'vitest';
import { PassingGauge } from './passing-gauge.ts';

it('tells the greatest last, and first of all that a series is over', () => {
  const gauge = new PassingGauge('tollgate.task.denied');
  const told: unknown[] = [];
  const observe = (_name: string, value: number, labels: object): void => void told.push([value, labels]);
  gauge.tell(
    [
      [7, { task: 'a' }],
      [9, { task: 'b' }],
      [1, { task: 'c' }],
    ],
    observe,
  );
  gauge.tell([[3, { task: 'b' }]], observe);
  expect(told).toEqual([
    [1, { task: 'c' }],
    [7, { task: 'a' }],
    [9, { task: 'b' }],
    [0, { task: 'a' }],
    [0, { task: 'c' }],
    [3, { task: 'b' }],
  ]);
});
