import { expect, test } from 'vitest';
import * as bundled from './bundled.ts';
import * as index from './index.ts';

test('what bundlers take exports the same as what Node loads', () => {
  expect(Object.keys(bundled).toSorted()).toEqual(Object.keys(index).toSorted());
});
