import { expectSame, leaseUsd, totals, usd, wish, type ConformanceCase } from './conformance-case.ts';
import { amountsOf } from '../measures.ts';

/** Who may spend how much, and for how long. */
export const leaseCases: readonly ConformanceCase[] = [
  {
    title: 'grants what is wanted as long as it is there, then what is left',
    run: async ({ store, other, leaseMs }) => {
      const first = await leaseUsd(store, 'p1', wish('a', 100, 60));
      expectSame(
        [first.granted.nanoUsd, first.expiresInMs > 0 && first.expiresInMs <= leaseMs],
        [60, true],
        'first lease',
      );
      const second = await leaseUsd(other, 'p2', wish('a', 100, 60, 10));
      expectSame(second.granted.nanoUsd, 40, 'second lease');
      expectSame(await totals(store, 'a'), [0, 100], 'spent and leased');
    },
  },
  {
    title: 'grants nothing at all where one of several accounts can not have its need',
    run: async ({ store }) => {
      await leaseUsd(store, 'p1', wish('b', 100, 95));
      const leases = await store.lease('p2', [wish('a', 100, 50, 10), wish('b', 100, 50, 10)]);
      expectSame(
        leases.map(({ key, granted }) => [key, amountsOf(granted).nanoUsd]),
        [
          ['a', 0],
          ['b', 0],
        ],
        'leases',
      );
      expectSame(await totals(store, 'a'), [0, 0], 'the account that had room');
    },
  },
  {
    title: 'asked again for the same, gives the same and not more',
    run: async ({ store }) => {
      await leaseUsd(store, 'p1', wish('a', 100, 60));
      expectSame((await leaseUsd(store, 'p1', wish('a', 100, 60))).granted.nanoUsd, 60, 'second answer');
      expectSame(await totals(store, 'a'), [0, 60], 'spent and leased');
    },
  },
  {
    title: 'takes back what a process wants no longer',
    run: async ({ store, other }) => {
      await leaseUsd(store, 'p1', wish('a', 100, 80));
      await leaseUsd(store, 'p1', wish('a', 100, 10));
      expectSame((await leaseUsd(other, 'p2', wish('a', 100, 90))).granted.nanoUsd, 90, 'lease of the other');
    },
  },
  {
    title: 'counts what a process has settled against its lease',
    run: async ({ store }) => {
      await leaseUsd(store, 'p1', wish('a', 100, 60));
      await store.settle('p1', [{ key: 'a', spent: usd(25), held: usd(10) }]);
      expectSame(await totals(store, 'a'), [25, 35], 'spent and leased');
      expectSame((await leaseUsd(store, 'p1', wish('a', 100, 75))).granted.nanoUsd, 75, 'renewed lease');
      expectSame(await totals(store, 'a'), [25, 75], 'spent and leased after renewal');
    },
  },
  {
    title: 'ends a lease by its own clock, and counts as spent what was held then',
    run: async ({ store, other, advance, leaseMs }) => {
      await leaseUsd(store, 'p1', wish('a', 100, 80));
      await store.settle('p1', [{ key: 'a', spent: usd(20), held: usd(15) }]);
      await advance(leaseMs + 1);
      expectSame(await totals(other, 'a'), [35, 0], 'spent and leased');
      expectSame((await leaseUsd(other, 'p2', wish('a', 100, 100, 1))).granted.nanoUsd, 65, 'lease of the other');
    },
  },
  {
    title: 'lets a process that was thought dead correct what it held',
    run: async ({ store, advance, leaseMs }) => {
      await leaseUsd(store, 'p1', wish('a', 100, 80));
      await store.settle('p1', [{ key: 'a', spent: usd(20), held: usd(15) }]);
      await advance(leaseMs + 1);
      await store.settle('p1', [{ key: 'a', spent: usd(24), held: usd(0) }]);
      expectSame(await totals(store, 'a'), [24, 0], 'spent and leased');
    },
  },
  {
    title: 'keeps a lease alive that is asked for again in time',
    run: async ({ store, advance, leaseMs }) => {
      await leaseUsd(store, 'p1', wish('a', 100, 80));
      await advance(leaseMs * 0.7);
      await leaseUsd(store, 'p1', wish('a', 100, 80));
      await advance(leaseMs * 0.7);
      expectSame(await totals(store, 'a'), [0, 80], 'spent and leased');
    },
  },
  {
    title: 'says how many others hold leases of the account',
    run: async ({ store, other, advance, leaseMs }) => {
      expectSame((await leaseUsd(store, 'p1', wish('a', 100, 10))).others, 0, 'others for the first');
      await leaseUsd(other, 'p2', wish('a', 100, 10));
      await leaseUsd(other, 'p2', wish('b', 100, 10));
      expectSame((await leaseUsd(store, 'p3', wish('a', 100, 10))).others, 2, 'others for the third');
      await advance(leaseMs + 1);
      expectSame((await leaseUsd(store, 'p3', wish('a', 100, 10))).others, 0, 'others when their leases have ended');
    },
  },
  {
    title: 'limits each unit by itself, and units without a limit not at all',
    run: async ({ store }) => {
      const limit = { nanoUsd: 100, calls: 2 };
      const want = { nanoUsd: 10, tokens: 5000, calls: 2 };
      const [lease] = await store.lease('p1', [{ key: 'a', limit, need: want, want }]);
      expectSame(amountsOf(lease?.granted ?? {}), want, 'granted');
      const one = { nanoUsd: 1, tokens: 1, calls: 1 };
      const [refused] = await store.lease('p2', [{ key: 'a', limit, need: one, want: one }]);
      expectSame(amountsOf(refused?.granted ?? {}), { nanoUsd: 0, tokens: 0, calls: 0 }, 'granted without calls left');
    },
  },
  {
    title: 'grants nothing more under a lower limit, and more again under a higher one',
    run: async ({ store }) => {
      await leaseUsd(store, 'p1', wish('a', 100, 50));
      await store.settle('p1', [{ key: 'a', spent: usd(50), held: usd(0) }]);
      expectSame((await leaseUsd(store, 'p1', wish('a', 40, 10))).granted.nanoUsd, 0, 'under the lower limit');
      expectSame((await leaseUsd(store, 'p1', wish('a', 200, 150))).granted.nanoUsd, 150, 'under the higher limit');
    },
  },
];
