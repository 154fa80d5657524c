import {
  expectSame,
  leaseUsd,
  totals,
  usd,
  wish,
  type ConformanceCase,
  type StoreUnderTest,
} from './conformance-case.ts';
import type { SettledTotal } from '../store/store.ts';

const LIMIT = 10_000;
const STEPS = 200;

/** A process that never spends more than it has leased, and whose messages get lost, doubled and late. */
interface Simulated {
  readonly name: string;
  spent: number;
  settled: number;
  allowance: number;
  late: SettledTotal[];
}

/** What holds whatever the order of things is. */
export const interleavingCases: readonly ConformanceCase[] = [1, 2, 3].map((seed) => ({
  title: `never has more spent and leased than the limit, and ends with what was really spent (${seed})`,
  run: (subject) => simulate(subject, 'account', numbers(seed)),
}));

async function simulate(
  { store, other }: StoreUnderTest,
  key: string,
  random: (below: number) => number,
): Promise<void> {
  const processes = Array.from({ length: 4 }, (_, index): Simulated => ({
    name: `p${index}`,
    spent: 0,
    settled: 0,
    allowance: 0,
    late: [],
  }));
  for (let step = 0; step < STEPS; step++) {
    const process = processes[random(processes.length)];
    if (process === undefined) continue;
    const handle = random(2) === 0 ? store : other;
    const kind = random(4);
    if (kind === 0) process.spent += random(Math.max(1, process.allowance - process.spent + 1));
    else if (kind === 1) {
      await handle.settle(process.name, [{ key, spent: usd(process.spent), held: usd(0) }]);
      process.settled = process.spent;
      const { granted } = await leaseUsd(handle, process.name, wish(key, LIMIT, 1 + random(1500), 1));
      process.allowance = process.settled + (granted.nanoUsd ?? 0);
    } else if (kind === 2) process.late.push({ key, spent: usd(process.spent), held: usd(0) });
    else {
      const message = process.late[random(process.late.length + 1)];
      if (message !== undefined) await handle.settle(process.name, [message]);
    }
    const [spent, leased] = await totals(store, key);
    expectSame(spent + leased <= LIMIT, true, `step ${step}: ${spent} spent + ${leased} leased within ${LIMIT}`);
  }
  for (const { name, spent } of processes) await other.settle(name, [{ key, spent: usd(spent), held: usd(0) }]);
  const real = processes.reduce((sum, { spent }) => sum + spent, 0);
  expectSame((await totals(store, key))[0], real, 'spent in the end');
}

/** Numbers below a bound, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}
