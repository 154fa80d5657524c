import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BudgetSpec } from '../spec/budget-spec.ts';
import type { Decision } from '../decide.ts';
import type { Ledger } from './ledger.ts';
import { admitted, HOUR, makeLedger, NOON, wordOf } from './ledger-fixture.ts';
import type { Need } from '../need.ts';
import type { Reservation } from './reservation.ts';

/** One call of a made-up day: what it holds at most, what it really costs (0: not billed), and for whom. */
interface Planned {
  hold: number;
  cost: number;
  lower: number;
  task: string;
  agent: string;
}

const planned: fc.Arbitrary<Planned> = fc
  .record({
    hold: fc.integer({ min: 1, max: 60 }),
    part: fc.integer({ min: 0, max: 100 }),
    lower: fc.integer({ min: 0, max: 60 }),
    task: fc.constantFrom('T-1', 'T-2', 'T-3'),
    agent: fc.constantFrom('a', 'b'),
  })
  .map(({ hold, part, lower, task, agent }) => ({
    hold,
    cost: Math.floor((hold * part) / 100),
    lower: Math.min(lower, hold),
    task,
    agent,
  }));

/** A day: each step is the arrival of the next call (true), or the end of the n-th of those that are open. */
const day = fc.record({
  calls: fc.array(planned, { minLength: 1, maxLength: 40 }),
  ends: fc.infiniteStream(fc.oneof(fc.constant(true as const), fc.nat({ max: 30 }))),
});

const specs: BudgetSpec[] = [
  { name: 'all', limit: { usd: 150e-9 }, window: 'day' },
  { name: 'task', limit: { usd: 80e-9 }, window: 'total', by: ['task'] },
  { name: 'agent', limit: { usd: 100e-9 }, window: { rolling: '24h' }, by: ['agent'], match: { agent: 'a' } },
];

function needOf({ hold, lower, task, agent }: Planned): Need {
  const measures = { nanoUsd: hold, tokens: 1, calls: 1 };
  const least = { nanoUsd: lower, tokens: 1, calls: 1 };
  return {
    at: { task, agent, model: 'm', provider: 'p' },
    expected: measures,
    upper: measures,
    lower: least,
    cappedAnswers: 1,
    mayShrink: false,
  };
}

function expectWithinLimits(ledger: Ledger): void {
  for (const { limit, spent, reserved } of ledger.standings(NOON)) {
    expect((spent.nanoUsd ?? 0) + (reserved.nanoUsd ?? 0)).toBeLessThanOrEqual(limit.nanoUsd ?? Infinity);
  }
}

/** Runs a day with all its calls at once, looking at every account after every step; returns the answer of each call. */
async function runAtOnce(budgets: BudgetSpec[], { calls, ends }: { calls: Planned[]; ends: Iterator<true | number> }) {
  const { ledger } = makeLedger(budgets);
  const answers: string[] = calls.map(() => 'waits');
  const open: { reservation: Reservation; cost: number }[] = [];
  const answerOf = async (answer: Promise<Decision>, index: number, cost: number): Promise<void> => {
    const decision = await answer;
    answers[index] = wordOf(decision);
    if (decision.ok) open.push({ reservation: decision.reservation, cost });
  };
  let arrived = 0;
  while (arrived < calls.length || open.length > 0) {
    const step = ends.next().value;
    const next = calls[arrived];
    if (next !== undefined && (step === true || open.length === 0)) {
      const index = arrived++;
      void answerOf(ledger.reserve(needOf(next), NOON), index, next.cost);
    } else {
      const [ended] = open.splice(Number(step) % open.length, 1);
      if (ended?.cost === 0) ended.reservation.release();
      else ended?.reservation.settle({ nanoUsd: ended.cost, tokens: 1, calls: 1 });
    }
    expectWithinLimits(ledger);
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    await Promise.resolve();
  }
  return { answers, standings: ledger.standings(NOON) };
}

/** The same calls one after the other, each over before the next. */
function runInTurn(budgets: BudgetSpec[], calls: Planned[]): string[] {
  const { ledger } = makeLedger(budgets);
  return calls.map((next) => {
    const decision = ledger.tryReserve(needOf(next), NOON);
    if (typeof decision !== 'string' && decision.ok) {
      if (next.cost === 0) decision.reservation.release();
      else decision.reservation.settle({ nanoUsd: next.cost, tokens: 1, calls: 1 });
    }
    return wordOf(decision);
  });
}

test('with any interleaving no limit is passed at any step, and every call gets the answer that it would get in turn', async () => {
  // Without a least cost no account closes early, so the two runs must agree to the last word.
  const neverClosing = day.map(({ calls, ends }) => ({ calls: calls.map((one) => ({ ...one, lower: 0 })), ends }));
  await fc.assert(
    fc.asyncProperty(neverClosing, async ({ calls, ends }) => {
      const { answers, standings } = await runAtOnce(specs, { calls, ends });
      expect(answers).toEqual(runInTurn(specs, calls));
      expect(standings.every(({ reserved }) => reserved.nanoUsd === 0)).toBe(true);
    }),
    { numRuns: 400 },
  );
}, 30_000);

test('an account that closes refuses nobody whom it would have admitted in turn', async () => {
  const one: BudgetSpec[] = [{ name: 'all', limit: { usd: 150e-9 }, window: 'day' }];
  await fc.assert(
    fc.asyncProperty(day, async ({ calls, ends }) => {
      const { answers } = await runAtOnce(one, { calls, ends });
      const inTurn = runInTurn(one, calls);
      const wronglyRefused = answers.filter((answer, index) => answer !== 'ok' && inTurn[index] === 'ok');
      expect(wronglyRefused).toEqual([]);
    }),
    { numRuns: 400 },
  );
}, 30_000);

test('calls that need more when they are under way pass no limit, and all get an answer once the others are through', async () => {
  const extending = fc.array(fc.record({ first: planned, more: fc.integer({ min: 1, max: 60 }) }), { minLength: 2 });
  await fc.assert(
    fc.asyncProperty(extending, async (calls) => {
      const { ledger, timers } = makeLedger(specs);
      const answers: string[] = [];
      const run = async ({ first, more }: { first: Planned; more: number }): Promise<void> => {
        const decision = await ledger.reserve(needOf(first), NOON);
        expectWithinLimits(ledger);
        if (!decision.ok) return void answers.push('refused');
        const second = await decision.reservation.extendInTurn({ nanoUsd: more }, NOON);
        expectWithinLimits(ledger);
        answers.push(wordOf(second));
        decision.reservation.settle({ nanoUsd: first.cost });
        expectWithinLimits(ledger);
      };
      const all = Promise.all(calls.map(run));
      // Those that wait for each other are told when their time is up.
      while (answers.length < calls.length) {
        await new Promise<void>((resolve) => setImmediate(resolve));
        for (const timer of timers) timer.fire();
      }
      await all;
      expect(ledger.standings(NOON).every(({ reserved }) => reserved.nanoUsd === 0)).toBe(true);
      expect(timers.size).toBe(0);
    }),
    { numRuns: 100 },
  );
}, 30_000);

test('no span as long as a rolling window ever holds more than its limit', () => {
  const length = HOUR;
  const arrival = fc.record({ after: fc.integer({ min: 0, max: HOUR / 4 }), cost: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(fc.array(arrival, { minLength: 5, maxLength: 60 }), (arrivals) => {
      const { ledger } = makeLedger([{ name: 'rolling', limit: { usd: 100e-9 }, window: { rolling: '1h' } }]);
      const admissions: { at: number; cost: number }[] = [];
      let now = NOON;
      for (const { after, cost } of arrivals) {
        now += after;
        const decision = ledger.tryReserve(needOf({ hold: cost, cost, lower: 0, task: 'T', agent: 'a' }), now);
        if (typeof decision === 'string' || !decision.ok) continue;
        decision.reservation.settle({ nanoUsd: cost });
        admissions.push({ at: now, cost });
      }
      for (const { at } of admissions) {
        const within = admissions.filter((other) => other.at > at - length && other.at <= at);
        expect(within.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 300 },
  );
});

/** Numbers below a bound, the same in every run. */
function seeded(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

/** Opens, extends, settles and releases calls at random, half of them twice over; returns what must have been spent. */
function churn(ledger: Ledger, operations: number): { nanoUsd: number; tokens: number; calls: number } {
  const random = seeded();
  const spent = { nanoUsd: 0, tokens: 0, calls: 0 };
  const open: Reservation[] = [];
  for (let operation = 0; operation < operations; operation++) {
    const reservation = open[random(open.length + 1)];
    const kind = random(4);
    if (reservation === undefined || kind === 0) {
      const need = needOf({ hold: 1 + random(1_000_000), cost: 0, lower: 0, task: `T-${random(50)}`, agent: 'a' });
      open.push(admitted(ledger.tryReserve(need, NOON)));
    } else if (kind === 1) {
      reservation.extend({ nanoUsd: random(1000), tokens: 7 });
    } else {
      const actual = { nanoUsd: random(2_000_000), tokens: random(5000), calls: 1 };
      if (kind === 2) reservation.release();
      else for (const unit of ['nanoUsd', 'tokens', 'calls'] as const) spent[unit] += actual[unit];
      reservation.settle(actual);
      open.splice(open.indexOf(reservation), 1);
    }
  }
  for (const reservation of open) reservation.release();
  return spent;
}

test('after a million operations with errors, aborts and retries nothing is off by one nano-USD', () => {
  const budgets: BudgetSpec[] = [
    { name: 'all', limit: { usd: 1_000_000 }, window: 'month', timeZone: 'Europe/Berlin' },
    { name: 'task', limit: { usd: 1_000_000, calls: 1e9 }, window: 'total', by: ['task', 'agent'] },
    { name: 'watched', limit: { tokens: 1 }, window: 'total', onExceed: 'warn', reserve: 'max' },
  ];
  const { ledger } = makeLedger(budgets, { observer: undefined });
  const spent = churn(ledger, 1_000_000);
  const standings = ledger.standings(NOON);
  expect(standings.flatMap(({ reserved }) => Object.values(reserved)).every((amount) => amount === 0)).toBe(true);
  const sum = (budget: string, unit: 'nanoUsd' | 'tokens' | 'calls') =>
    standings.reduce((total, standing) => total + ((standing.budget === budget && standing.spent[unit]) || 0), 0);
  expect(sum('all', 'nanoUsd')).toBe(spent.nanoUsd);
  expect(sum('task', 'nanoUsd')).toBe(spent.nanoUsd);
  expect(sum('task', 'calls')).toBe(spent.calls);
  expect(sum('watched', 'tokens')).toBe(spent.tokens);
  expect(ledger.charged().find(({ budget }) => budget === 'all')?.charged).toEqual(spent);
  expect(ledger.oldestReservation(NOON)).toBeUndefined();
}, 60_000);

const odd = fc.oneof(
  fc.constantFrom(
    undefined,
    NaN,
    Infinity,
    -Infinity,
    -1,
    -0,
    0.5,
    1e300,
    Number.MAX_SAFE_INTEGER,
    1e15,
    '7' as never,
    null as never,
  ),
  fc.double(),
  fc.integer(),
);
const oddMeasures = fc.record({ nanoUsd: odd, tokens: odd, cachedTokens: odd, calls: odd });

test('odd figures throw nothing, leave nothing reserved and never make spend negative', () => {
  const oddNeed = fc.record({
    expected: oddMeasures,
    upper: oddMeasures,
    lower: oddMeasures,
    nanoUsdPerOutputToken: odd,
  });
  fc.assert(
    fc.property(oddNeed, oddMeasures, oddMeasures, (amounts, more, actual) => {
      const { ledger } = makeLedger([
        {
          name: 'shrinks',
          limit: { usd: 100, tokens: 1000 },
          window: { rolling: '1h' },
          reserve: 'max',
          shrink: true,
          warnAt: [0.5],
        },
        { name: 'watches', limit: { usd: 0, calls: 0 }, window: 'total', onExceed: 'warn', count: 'uncached' },
      ]);
      const decision = ledger.tryReserve(
        { at: { model: 'm', provider: 'p' }, cappedAnswers: 1, mayShrink: true, ...amounts },
        NOON,
      );
      if (typeof decision !== 'string' && decision.ok) {
        decision.reservation.extend(more);
        decision.reservation.settle(actual);
      }
      for (const { spent, reserved, remaining } of ledger.standings(NOON)) {
        for (const amount of Object.values({ ...spent, ...remaining })) expect(amount).toBeGreaterThanOrEqual(0);
        for (const amount of Object.values(reserved)) expect(amount).toBe(0);
      }
    }),
    { numRuns: 2000 },
  );
});
