import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberHeap } from './number-heap.ts';

it('gives numbers back in ascending order, also when pushes and pops alternate', () => {
  fc.assert(
    // A number is pushed, `undefined` pops.
    fc.property(fc.array(fc.option(fc.integer(), { nil: undefined }), { maxLength: 300, size: 'max' }), (steps) => {
      const heap = new NumberHeap();
      const model: number[] = [];
      const popped: (number | undefined)[] = [];
      const expected: (number | undefined)[] = [];
      for (const step of steps) {
        if (step === undefined) {
          popped.push(heap.pop());
          expected.push(model.toSorted((a, b) => a - b)[0]);
          model.splice(model.indexOf(expected.at(-1)!), model.length > 0 ? 1 : 0);
        } else {
          heap.push(step);
          model.push(step);
        }
      }
      expect(popped).toEqual(expected);
    }),
  );
});
