import { expect, test } from 'vitest';
import { limitUse } from './limit-use.ts';

test('the unit that is nearest to its limit counts, the first of several alike', () => {
  const limit = { nanoUsd: 100, tokens: 10, calls: 2 };
  const use = limitUse({ limit, spent: { nanoUsd: 40, tokens: 9, calls: 1 }, reserved: { tokens: 3 } });
  expect(use).toEqual({ unit: 'tokens', spent: 9, reserved: 3, limit: 10, part: 0.9 });
  expect(limitUse({ limit, spent: {}, reserved: {} })).toMatchObject({ unit: 'nanoUsd', part: 0 });
});

test('a limit of 0 is used up, and no limit is no use', () => {
  expect(limitUse({ limit: { calls: 0 }, spent: {}, reserved: {} })).toMatchObject({ unit: 'calls', part: 1 });
  expect(limitUse({ limit: {}, spent: { calls: 5 }, reserved: {} })).toBeUndefined();
});
