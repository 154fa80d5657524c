import { expectSame, leaseUsd, totals, usd, wish, type ConformanceCase } from './conformance-case.ts';
import { amountsOf } from '../measures.ts';
import type { BudgetStore } from '../store/store.ts';

const LARGEST = 9_000_000_000_000_000;

/** What was spent, however the messages about it travel. */
export const accountCases: readonly ConformanceCase[] = [
  {
    title: 'counts a settlement once, however often it is sent',
    run: async ({ store, other }) => {
      const message = [{ key: 'a', spent: usd(30), held: usd(0) }];
      for (const handle of [store, other, store]) await handle.settle('p1', message);
      expectSame(await totals(store, 'a'), [30, 0], 'spent and leased');
    },
  },
  {
    title: 'is not set back by a settlement that arrives late, and makes up for one that was lost',
    run: async ({ store }) => {
      for (const spent of [10, 45, 30]) await store.settle('p1', [{ key: 'a', spent: usd(spent), held: usd(0) }]);
      expectSame(await totals(store, 'a'), [45, 0], 'spent and leased');
    },
  },
  {
    title: 'takes no hold from a settlement that is older than the one it has',
    run: async ({ store }) => {
      await store.settle('p1', [{ key: 'a', spent: usd(45), held: usd(5) }]);
      await store.settle('p1', [{ key: 'a', spent: usd(10), held: usd(90) }]);
      expectSame(await totals(store, 'a'), [50, 0], 'spent, with the hold of a process without a lease');
    },
  },
  {
    title: 'adds up processes and restarts of the same process',
    run: async ({ store, other }) => {
      await store.settle('p1#1', [{ key: 'a', spent: usd(10), held: usd(0) }]);
      await store.settle('p1#2', [{ key: 'a', spent: usd(4), held: usd(0) }]);
      await other.settle('p2#1', [{ key: 'a', spent: usd(1), held: usd(0) }]);
      expectSame(await totals(store, 'a'), [15, 0], 'spent and leased');
    },
  },
  {
    title: 'charges in full what cost more than was leased',
    run: async ({ store }) => {
      await leaseUsd(store, 'p1', wish('a', 100, 50));
      await store.settle('p1', [{ key: 'a', spent: usd(130), held: usd(0) }]);
      expectSame(await totals(store, 'a'), [130, 0], 'spent and leased');
      expectSame((await leaseUsd(store, 'p2', wish('a', 100, 10))).granted.nanoUsd, 0, 'lease of another');
    },
  },
  {
    title: 'counts single nano-USD up to the largest limit',
    run: async ({ store }) => {
      await leaseUsd(store, 'p1', wish('a', LARGEST, LARGEST - 1));
      await store.settle('p1', [{ key: 'a', spent: usd(LARGEST - 1), held: usd(0) }]);
      expectSame((await leaseUsd(store, 'p2', wish('a', LARGEST, 5, 1))).granted.nanoUsd, 1, 'the last nano-USD');
      expectSame(await totals(store, 'a'), [LARGEST - 1, 1], 'spent and leased');
    },
  },
  {
    title: 'keeps accounts apart, whatever their keys hold',
    run: async ({ store }) => {
      const keys = ['day|agent=a|day@1', 'day|agent=a|day@2', 'day|agent=%2F*?[a]|day@1', 'día|agent=💡|total'];
      for (const [index, key] of keys.entries())
        await store.settle('p1', [{ key, spent: usd(index + 1), held: usd(0) }]);
      const rows = await store.read([...keys.toReversed(), 'unknown']);
      expectSame(
        rows.map(({ key, spent }) => [key, amountsOf(spent).nanoUsd]),
        [...keys.map((key, index) => [key, index + 1]).toReversed(), ['unknown', 0]],
        'rows',
      );
    },
  },
  {
    title: 'lists every account of a prefix once, by key, in pages',
    run: async ({ store }) => {
      const keys = Array.from({ length: 2500 }, (_, index) => `day|task=${index}|total`);
      await store.settle(
        'p1',
        keys.map((key) => ({ key, spent: usd(1), held: usd(0) })),
      );
      await store.settle('p1', [{ key: 'dax', spent: usd(1), held: usd(0) }]);
      expectSame(await listedKeys(store, 'day|'), keys.toSorted(), 'keys');
      expectSame(await listedKeys(store, 'nothing'), [], 'keys of a prefix that nothing has');
    },
  },
  {
    title: 'can be closed twice',
    run: async ({ store }) => {
      await store.close();
      await store.close();
    },
  },
];

async function listedKeys(store: BudgetStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let after: string | undefined;
  do {
    const page: Awaited<ReturnType<BudgetStore['list']>> = await store.list(prefix, after);
    keys.push(...page.accounts.map(({ key }) => key));
    after = page.next;
  } while (after !== undefined);
  return keys;
}
