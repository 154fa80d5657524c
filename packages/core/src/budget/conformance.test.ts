import { expect, test } from 'vitest';
import { storeConformance } from './conformance.ts';
import { memoryStore } from './store/memory-store.ts';
import type { BudgetStore, SettledTotal } from './store/store.ts';

/** The titles of the cases that a store with this fault fails. */
async function failuresOf(breakStore: (store: BudgetStore) => Partial<BudgetStore>): Promise<string[]> {
  const failures: string[] = [];
  const runs: Promise<void>[] = [];
  const makeStore = () => {
    let now = 0;
    const store = memoryStore({ id: 'store-1', now: () => now, leaseMs: 1000 });
    const sound: BudgetStore = {
      id: store.id,
      reach: store.reach,
      lease: (...args) => store.lease(...args),
      settle: (...args) => store.settle(...args),
      read: (...args) => store.read(...args),
      list: (...args) => store.list(...args),
      control: () => store.control(),
      setControl: (...args) => store.setControl(...args),
      watch: (changed) => store.watch(changed),
      close: () => store.close(),
    };
    const broken = { ...sound, ...breakStore(store) };
    return { store: broken, other: broken, leaseMs: 1000, advance: (ms: number) => void (now += ms) };
  };
  storeConformance('store', makeStore, {
    test: (title, run) => runs.push(run().catch(() => void failures.push(title.slice('store: '.length)))),
  });
  await Promise.all(runs);
  return failures;
}

test('finds nothing wrong with a sound store', async () => {
  expect(await failuresOf(() => ({}))).toEqual([]);
});

test('finds a store that adds settlements up instead of merging them', async () => {
  const failures = await failuresOf((store) => {
    const sums = new Map<string, number>();
    const add = (process: string, { key, spent, held }: SettledTotal): SettledTotal => {
      const sum = (sums.get(process + key) ?? 0) + (spent.nanoUsd ?? 0);
      sums.set(process + key, sum);
      return { key, spent: { nanoUsd: sum }, held };
    };
    return {
      settle: (process, totals) =>
        store.settle(
          process,
          totals.map((total) => add(process, total)),
        ),
    };
  });
  expect(failures).toContain('counts a settlement once, however often it is sent');
  expect(failures).toContain('never has more spent and leased than the limit, and ends with what was really spent (1)');
});

test('finds a store that grants whatever is wanted', async () => {
  const failures = await failuresOf(() => ({
    lease: async (_, wants) => wants.map(({ key, want }) => ({ key, granted: want, expiresInMs: 1000, others: 0 })),
  }));
  expect(failures).toContain('grants what is wanted as long as it is there, then what is left');
  expect(failures).toContain('says how many others hold leases of the account');
});

test('finds a store that tells nobody of changes', async () => {
  expect(await failuresOf(() => ({ watch: () => () => undefined }))).toEqual([
    'tells those who watch of changes through any handle, until they stop',
  ]);
});
