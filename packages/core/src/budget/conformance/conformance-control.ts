import { expectSame, type ConformanceCase } from './conformance-case.ts';

const ops = { by: 'ops' };
const day = { name: 'day', limit: { usd: 25 }, window: 'day' } as const;

/** The rules that operators change. */
export const controlCases: readonly ConformanceCase[] = [
  {
    title: 'shows budgets that were set and not removed, to every handle',
    run: async ({ store, other }) => {
      expectSame((await store.control()).budgets, [], 'budgets at first');
      await store.setControl({ setBudget: day }, ops);
      await other.setControl({ setBudget: { ...day, limit: { usd: 30 } } }, ops);
      await other.setControl({ setBudget: { ...day, name: 'other' } }, ops);
      await store.setControl({ removeBudget: 'other' }, ops);
      expectSame((await other.control()).budgets, [{ ...day, limit: { usd: 30 } }], 'budgets');
    },
  },
  {
    title: 'counts its version up with every change',
    run: async ({ store, other }) => {
      const versions = [(await store.control()).version];
      for (const handle of [store, other]) {
        await handle.setControl({ pause: {} }, ops);
        versions.push((await store.control()).version);
      }
      const [first = NaN, second = NaN, third = NaN] = versions;
      expectSame([second > first, third > second], [true, true], `versions ${versions.join(', ')} grow`);
    },
  },
  {
    title: 'keeps a pause until it is resumed, by exactly its scope',
    run: async ({ store, other }) => {
      await store.setControl({ pause: { agent: 'a', task: 'T-1' } }, ops);
      await store.setControl({ pause: { agent: 'a' } }, ops);
      await other.setControl({ resume: { task: 'T-1', agent: 'a' } }, ops);
      const { paused } = await store.control();
      expectSame(
        paused.map(({ scope, by, until }) => ({ scope, by, until })),
        [{ scope: { agent: 'a' }, by: 'ops' }],
        'pauses',
      );
    },
  },
  {
    title: 'ends a pause by its own clock',
    run: async ({ store, advance, leaseMs }) => {
      await store.setControl({ pause: {}, forMs: leaseMs }, ops);
      expectSame((await store.control()).paused.length, 1, 'pauses at first');
      await advance(leaseMs + 1);
      expectSame((await store.control()).paused, [], 'pauses afterwards');
    },
  },
  {
    title: 'tells those who watch of changes through any handle, until they stop',
    run: async ({ store, other, advance, leaseMs }) => {
      const heard: string[] = [];
      const stop = store.watch(() => heard.push('first'));
      other.watch(() => heard.push('second'));
      await other.setControl({ pause: {} }, ops);
      await advance(leaseMs);
      expectSame(heard.toSorted(), ['first', 'second'], 'heard');
      stop();
      stop();
      await store.setControl({ resume: {} }, ops);
      await advance(leaseMs);
      expectSame(heard.toSorted(), ['first', 'second', 'second'], 'heard after one stopped');
    },
  },
];
