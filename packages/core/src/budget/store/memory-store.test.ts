import { expect, test } from 'vitest';
import { storeConformance } from '../conformance.ts';
import { memoryStore } from './memory-store.ts';

storeConformance(
  'memory store',
  () => {
    let now = Date.UTC(2026, 10, 24);
    const store = memoryStore({ id: 'store-1', now: () => now, leaseMs: 1000 });
    return { store, other: store, leaseMs: 1000, advance: (ms) => void (now += ms) };
  },
  { test },
);

test('forgets an account a day after its window has ended', async () => {
  let now = 0;
  const store = memoryStore({ id: 'store-1', now: () => now });
  const usd = { nanoUsd: 1 };
  await store.lease('p1', [{ key: 'a', limit: usd, need: usd, want: usd, windowEnds: 1000 }]);
  await store.settle('p1', [{ key: 'a', spent: usd, held: {} }]);
  now = 86_400_000 + 999;
  await store.settle('p1', [{ key: 'b', spent: usd, held: {} }]);
  expect((await store.list('')).accounts.map(({ key }) => key)).toEqual(['a', 'b']);
  now += 3_600_000;
  await store.settle('p1', [{ key: 'c', spent: usd, held: {} }]);
  expect((await store.list('')).accounts.map(({ key }) => key)).toEqual(['b', 'c']);
});

test('hands out control state that nobody can change from outside', async () => {
  const store = memoryStore({ id: 'store-1', now: () => 0 });
  await store.setControl({ setBudget: { name: 'day', limit: { usd: 1 }, window: 'day' } }, { by: 'ops' });
  (await store.control()).budgets.length = 0;
  expect((await store.control()).budgets).toHaveLength(1);
});
