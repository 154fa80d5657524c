import { describe, expect, test } from 'vitest';
import type { BudgetSpec } from './budget-spec.ts';
import type { Decision } from './decide.ts';
import { createLedger, type Ledger, type LedgerOptions } from './ledger.ts';
import type { BudgetDecision } from './ledger-observer.ts';
import type { Measures } from './measures.ts';
import type { Need } from './need.ts';
import { parseBudgets } from './parse-budgets.ts';
import type { Reservation } from './reservation.ts';
import type { Standing } from './standing.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;

interface Told {
  decisions: BudgetDecision[];
  warnings: [Standing, number][];
  exceeded: [Standing, string][];
  overruns: [Standing, Measures][];
  untagged: [string, string][];
}

function make(specs: BudgetSpec[], options: Partial<LedgerOptions> = {}): { ledger: Ledger; told: Told } {
  const { budgets, issues } = parseBudgets(specs);
  expect(issues).toEqual([]);
  const told: Told = { decisions: [], warnings: [], exceeded: [], overruns: [], untagged: [] };
  const ledger = createLedger({
    budgets,
    store: { id: 'store-1', reach: 'process' },
    serviceName: 'bot',
    maxWaitMs: 10_000,
    mode: 'enforce',
    setTimer: () => () => undefined,
    observer: {
      decision: (event) => told.decisions.push(event),
      warning: (standing, threshold) => told.warnings.push([standing, threshold]),
      exceeded: (standing, reason) => told.exceeded.push([standing, reason]),
      overrun: (standing, over) => told.overruns.push([standing, over]),
      untagged: (budget, dimension) => told.untagged.push([budget, dimension]),
    },
    ...options,
  });
  return { ledger, told };
}

/** A call that holds `nanoUsd`, and is worth sending for `lower`. */
function call(nanoUsd: number, at: Partial<Need['at']> = {}, lower = 1): Need {
  const measures = { nanoUsd, tokens: nanoUsd, calls: 1 };
  const least = { nanoUsd: lower, tokens: lower, calls: 1 };
  return {
    at: { model: 'm', provider: 'p', ...at },
    expected: measures,
    upper: measures,
    lower: least,
    mayShrink: false,
  };
}

function admitted(decision: Decision | 'ask-store' | 'wait'): Reservation {
  if (typeof decision === 'string' || !decision.ok) throw new Error(`not admitted: ${JSON.stringify(decision)}`);
  return decision.reservation;
}

function reasonOf(decision: Decision | 'ask-store' | 'wait'): string {
  if (typeof decision === 'string') return decision;
  return decision.ok ? 'ok' : decision.reason;
}

const total: BudgetSpec = { name: 'total', limit: { usd: 100e-9 }, window: 'total' };
const byTask: BudgetSpec = { ...total, name: 'task', by: ['task'] };
const byDay: BudgetSpec = { ...total, name: 'day', window: 'day' };

describe('reserving and settling', () => {
  test('keeps what is put aside apart from what is spent', () => {
    const { ledger } = make([total]);
    const first = admitted(ledger.tryReserve(call(30), NOON));
    admitted(ledger.tryReserve(call(20), NOON));
    first.settle({ nanoUsd: 25, tokens: 0, calls: 1 });
    expect(ledger.standings(NOON)).toEqual([
      {
        budget: 'total',
        key: 'total||total',
        account: {},
        window: 'total',
        asOf: NOON,
        reach: 'process',
        store: 'store-1',
        limit: { nanoUsd: 100 },
        spent: { nanoUsd: 25 },
        reserved: { nanoUsd: 20 },
        remaining: { nanoUsd: 55 },
        closed: false,
      },
    ]);
  });

  test('puts everything back when a call is released, and charges nothing', () => {
    const { ledger } = make([total]);
    admitted(ledger.tryReserve(call(100), NOON)).release();
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 0 }, reserved: { nanoUsd: 0 } });
    expect(reasonOf(ledger.tryReserve(call(100), NOON))).toBe('ok');
  });

  test('is safe to settle, release and extend again after it is over', () => {
    const { ledger } = make([total]);
    const reservation = admitted(ledger.tryReserve(call(40), NOON));
    reservation.settle({ nanoUsd: 10 });
    reservation.settle({ nanoUsd: 10 });
    reservation.release();
    expect(reservation.extend({ nanoUsd: 90 })).toEqual({ ok: true, reservation });
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 10 }, reserved: { nanoUsd: 0 } });
  });

  test('charges a unit that is left out as it was held', () => {
    const { ledger } = make([{ ...total, limit: { usd: 100e-9, tokens: 100, calls: 5 } }]);
    admitted(ledger.tryReserve(call(30), NOON)).settle({ nanoUsd: 7 });
    expect(ledger.standings(NOON)[0]?.spent).toEqual({ nanoUsd: 7, tokens: 30, calls: 1 });
  });

  test('charges a cost beyond the hold in full, and reports by how much', () => {
    const { ledger, told } = make([total]);
    admitted(ledger.tryReserve(call(90), NOON)).settle({ nanoUsd: 130, tokens: 90 });
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 130 }, remaining: { nanoUsd: 0 } });
    expect(told.overruns).toEqual([[expect.objectContaining({ spent: { nanoUsd: 130 } }), { nanoUsd: 40 }]]);
  });

  test('holds the worst case where the budget says so, and the expected one elsewhere', () => {
    const { ledger } = make([{ ...total, reserve: 'max' }, byTask]);
    admitted(ledger.tryReserve({ ...call(10, { task: 'T-1' }), upper: { nanoUsd: 60, tokens: 60 } }, NOON));
    expect(ledger.standings(NOON).map(({ reserved }) => reserved.nanoUsd)).toEqual([60, 10]);
  });

  test('leaves cached tokens out where the budget counts the uncached', () => {
    const tokens = { ...total, limit: { tokens: 1000 } };
    const { ledger } = make([tokens, { ...tokens, name: 'uncached', count: 'uncached' }]);
    admitted(ledger.tryReserve(call(100), NOON)).settle({ tokens: 90, cachedTokens: 80 });
    expect(ledger.standings(NOON).map(({ spent }) => spent.tokens)).toEqual([90, 10]);
  });

  test('extends a call for another attempt, or refuses to and leaves it as it is', () => {
    const { ledger } = make([total]);
    const reservation = admitted(ledger.tryReserve(call(60), NOON));
    expect(reservation.extend({ nanoUsd: 40 }).ok).toBe(true);
    expect(reasonOf(reservation.extend({ nanoUsd: 1 }))).toBe('contended');
    expect(ledger.standings(NOON)[0]).toMatchObject({ reserved: { nanoUsd: 100 } });
    reservation.settle({ nanoUsd: 95 });
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 95 }, reserved: { nanoUsd: 0 } });
  });

  test('knows the age of the oldest open reservation', () => {
    const { ledger } = make([total]);
    expect(ledger.oldestReservation(NOON)).toBeUndefined();
    const first = admitted(ledger.tryReserve(call(1), NOON));
    admitted(ledger.tryReserve(call(1), NOON + 500));
    expect(ledger.oldestReservation(NOON + 2000)).toBe(2000);
    first.release();
    expect(ledger.oldestReservation(NOON + 2000)).toBe(1500);
  });

  test('gives reservations ids of their own', () => {
    const { ledger } = make([total]);
    const ids = [1, 2, 3].map(() => admitted(ledger.tryReserve(call(1), NOON)).id);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('several budgets', () => {
  test('all of them are asked before any of them is written', () => {
    const { ledger } = make([total, { ...byTask, limit: { usd: 10e-9 } }]);
    expect(reasonOf(ledger.tryReserve(call(50, { task: 'T-1' }), NOON))).toBe('too-large');
    expect(ledger.standings(NOON).map(({ reserved }) => reserved.nanoUsd)).toEqual([0, 0]);
  });

  test('only those that match are asked, each in the account of the call', () => {
    const { ledger } = make([
      { ...total, match: { agent: 'res*' } },
      { ...byTask, by: ['agent', 'task'] },
    ]);
    admitted(ledger.tryReserve(call(10, { agent: 'research', task: 'T-1' }), NOON));
    admitted(ledger.tryReserve(call(20, { agent: 'triage', task: 'T-1' }), NOON));
    admitted(ledger.tryReserve(call(30, { agent: 'triage', task: 'T-1' }), NOON));
    expect(ledger.standings(NOON).map(({ budget, account, reserved }) => [budget, account, reserved.nanoUsd])).toEqual([
      ['total', {}, 10],
      ['task', { agent: 'research', task: 'T-1' }, 10],
      ['task', { agent: 'triage', task: 'T-1' }, 50],
    ]);
  });

  test('no budget means no check, and nothing to give back', () => {
    const { ledger, told } = make([{ ...total, match: { agent: 'other' } }]);
    const reservation = admitted(ledger.tryReserve(call(1e15), NOON));
    expect(reasonOf(reservation.extend({ nanoUsd: 1e15 }))).toBe('ok');
    reservation.settle({ nanoUsd: 1e15 });
    reservation.release();
    expect([ledger.standings(NOON), ledger.oldestReservation(NOON), told.decisions]).toEqual([[], undefined, []]);
  });

  test('each account that allows says so with one and the same object', () => {
    const { ledger, told } = make([total, byTask]);
    admitted(ledger.tryReserve(call(1, { task: 'T-1' }), NOON));
    admitted(ledger.tryReserve(call(1, { task: 'T-1' }), NOON));
    expect(told.decisions.map(({ budget, decision }) => [budget, decision])).toEqual([
      ['total', 'allow'],
      ['task', 'allow'],
      ['total', 'allow'],
      ['task', 'allow'],
    ]);
    expect(told.decisions[2]).toBe(told.decisions[0]);
    expect(told.decisions[3]).toBe(told.decisions[1]);
  });
});

describe('saying no', () => {
  test('tells with whose account, why and what was needed', () => {
    const { ledger, told } = make([byTask]);
    admitted(ledger.tryReserve(call(70, { task: 'T-1' }), NOON)).settle({ nanoUsd: 70 });
    const decision = ledger.tryReserve(call(40, { task: 'T-1' }, 20), NOON);
    expect(decision).toEqual({
      ok: false,
      reason: 'too-large',
      standing: expect.objectContaining({ account: { task: 'T-1' }, spent: { nanoUsd: 70 }, closed: false }),
      needed: { nanoUsd: 40 },
      lowerOutputBy: undefined,
    });
    expect(told.decisions.at(-1)).toMatchObject({
      budget: 'task',
      decision: 'deny',
      reason: 'too-large',
      mode: 'enforce',
    });
    expect(told.exceeded).toEqual([[expect.objectContaining({ budget: 'task' }), 'too-large']]);
  });

  test('says by how many output tokens a call is too large', () => {
    const { ledger } = make([{ ...total, limit: { usd: 100e-9, tokens: 5000 } }]);
    const decision = ledger.tryReserve({ ...call(110), nanoUsdPerOutputToken: 4 }, NOON);
    expect(decision).toMatchObject({ reason: 'too-large', lowerOutputBy: 3 });
  });

  test('an exhausted account refuses everything at once, cheaper models too, until its window ends', () => {
    const { ledger } = make([byDay]);
    admitted(ledger.tryReserve(call(95), NOON)).settle({ nanoUsd: 95 });
    expect(ledger.tryReserve(call(40, {}, 20), NOON)).toMatchObject({ reason: 'exhausted', needed: { nanoUsd: 20 } });
    expect(ledger.tryReserve(call(1), NOON)).toMatchObject({
      reason: 'exhausted',
      standing: { closed: true },
      needed: { nanoUsd: 20 },
    });
    expect(ledger.standings(NOON)[0]?.closed).toBe(true);
    expect(reasonOf(ledger.tryReserve(call(100), NOON + 12 * HOUR))).toBe('ok');
  });

  test('a call that is too large closes nothing', () => {
    const { ledger } = make([total]);
    expect(reasonOf(ledger.tryReserve(call(200, {}, 150), NOON))).toBe('too-large');
    expect(reasonOf(ledger.tryReserve(call(100), NOON))).toBe('ok');
  });

  test('a limit of 0 blocks every call that has a price, and no other', () => {
    const { ledger } = make([{ ...total, limit: { usd: 0 } }]);
    expect(reasonOf(ledger.tryReserve({ ...call(0), lower: { nanoUsd: 0 } }, NOON))).toBe('ok');
    expect(reasonOf(ledger.tryReserve(call(1), NOON))).toBe('exhausted');
  });

  test('counts calls without a price as free, or refuses them where that is wanted', () => {
    const unpriced: Need = { ...call(0), expected: { tokens: 5, calls: 1 }, lower: { tokens: 1, calls: 1 } };
    expect(reasonOf(make([total]).ledger.tryReserve(unpriced, NOON))).toBe('ok');
    expect(reasonOf(make([total], { denyUnpriced: true }).ledger.tryReserve(unpriced, NOON))).toBe('unpriced');
    const tokensOnly = make([{ ...total, limit: { tokens: 9 } }], { denyUnpriced: true });
    expect(reasonOf(tokensOnly.ledger.tryReserve(unpriced, NOON))).toBe('ok');
  });

  test('refuses for lack of tokens or calls just as for money', () => {
    const { ledger } = make([{ ...total, limit: { calls: 2 } }]);
    admitted(ledger.tryReserve(call(1), NOON)).settle({ nanoUsd: 1, calls: 1 });
    const second = admitted(ledger.tryReserve(call(1), NOON));
    expect(ledger.tryReserve(call(1), NOON)).toBe('wait');
    second.settle({ calls: 1 });
    expect(reasonOf(ledger.tryReserve(call(1), NOON))).toBe('exhausted');
  });
});

describe('budgets that say nothing', () => {
  test.each<[string, Partial<BudgetSpec>, Partial<LedgerOptions>]>([
    ['a budget that only warns', { onExceed: 'warn' }, {}],
    ['a budget in observe mode', { mode: 'observe' }, {}],
    ['a ledger in observe mode', {}, { mode: 'observe' }],
  ])('%s lets every call go, counts it, and tells what it would have refused', (_, spec, options) => {
    const { ledger, told } = make([{ ...total, ...spec }], options);
    admitted(ledger.tryReserve(call(80), NOON)).settle({ nanoUsd: 80 });
    admitted(ledger.tryReserve(call(50, {}, 30), NOON)).settle({ nanoUsd: 50 });
    admitted(ledger.tryReserve(call(1), NOON));
    expect(told.decisions.map(({ decision, reason }) => [decision, reason])).toEqual([
      ['allow', undefined],
      ['warn', 'exhausted'],
      ['warn', 'exhausted'],
    ]);
    expect(told.exceeded.map(([, reason]) => reason)).toEqual(['exhausted', 'exhausted']);
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 130 }, closed: false });
  });

  test('observe mode neither delays nor shortens a call', () => {
    const { ledger } = make([{ ...total, shrink: true }], { mode: 'observe' });
    admitted(ledger.tryReserve(call(80), NOON));
    expect(ledger.tryReserve({ ...call(80), mayShrink: true, nanoUsdPerOutputToken: 1 }, NOON)).toEqual({
      ok: true,
      reservation: expect.anything(),
    });
  });

  test('observe mode refuses no untagged, unpriced or paused call either', () => {
    const { ledger, told } = make([{ ...byTask, missing: 'deny' }, total], { mode: 'observe', denyUnpriced: true });
    ledger.control.pause({}, { by: 'ops' }, NOON);
    expect(reasonOf(ledger.tryReserve({ ...call(0), expected: { calls: 1 } }, NOON))).toBe('ok');
    expect(told.exceeded.map(([{ budget }, reason]) => [budget, reason])).toEqual([
      ['task', 'untagged'],
      ['total', 'unpriced'],
    ]);
  });
});

describe('warnings', () => {
  test('come once per threshold and window', () => {
    const { ledger, told } = make([{ ...byDay, warnAt: [0.5, 0.8] }]);
    const spend = (nanoUsd: number, now: number) => admitted(ledger.tryReserve(call(nanoUsd), now)).settle({ nanoUsd });
    for (const now of [NOON, NOON, NOON]) spend(20, now);
    spend(5, NOON);
    expect(told.warnings.map(([{ spent }, threshold]) => [spent.nanoUsd, threshold])).toEqual([[60, 0.5]]);
    spend(30, NOON);
    expect(told.warnings.map(([, threshold]) => threshold)).toEqual([0.5, 0.8]);
    spend(90, NOON + 12 * HOUR);
    expect(told.warnings.map(([, threshold]) => threshold)).toEqual([0.5, 0.8, 0.5, 0.8]);
  });

  test('of a rolling window come again after its length', () => {
    const { ledger, told } = make([{ ...total, window: { rolling: '1h' }, warnAt: [0.5] }]);
    const spend = (now: number) => admitted(ledger.tryReserve(call(60), now)).settle({ nanoUsd: 60 });
    spend(NOON);
    spend(NOON + 1.5 * HOUR);
    spend(NOON + 3 * HOUR);
    expect(told.warnings).toHaveLength(3);
  });
});

describe('calls without a value for a by dimension', () => {
  test('an agent falls back to the service', () => {
    const { ledger } = make([{ ...total, by: ['agent'] }]);
    admitted(ledger.tryReserve(call(1), NOON));
    expect(ledger.standings(NOON)[0]?.account).toEqual({ agent: 'bot' });
  });

  test('others are left out by default, and that is told once', () => {
    const { ledger, told } = make([byTask, total]);
    admitted(ledger.tryReserve(call(1), NOON));
    admitted(ledger.tryReserve(call(1, { task: '' }), NOON));
    expect(ledger.standings(NOON).map(({ budget }) => budget)).toEqual(['total']);
    expect(told.untagged).toEqual([['task', 'task']]);
  });

  test('share one account, or are refused, where the budget says so', () => {
    const shared = make([{ ...byTask, missing: 'share' }]).ledger;
    admitted(shared.tryReserve(call(1), NOON));
    expect(shared.standings(NOON)[0]?.account).toEqual({ task: '(none)' });
    const denied = make([{ ...byTask, missing: 'deny' }]).ledger;
    expect(denied.tryReserve(call(1), NOON)).toMatchObject({
      reason: 'untagged',
      standing: { budget: 'task', account: { task: '(none)' }, spent: { nanoUsd: 0 } },
    });
    expect(denied.standings(NOON)).toEqual([]);
  });
});

describe('windows', () => {
  test('a call belongs to the window that admitted it', () => {
    const { ledger } = make([byDay]);
    const late = admitted(ledger.tryReserve(call(60), NOON + 12 * HOUR - 1));
    admitted(ledger.tryReserve(call(100), NOON + 12 * HOUR));
    late.settle({ nanoUsd: 60 });
    expect(ledger.standings(NOON + 12 * HOUR)).toMatchObject([
      { opensAt: NOON + 12 * HOUR, resetsAt: NOON + 36 * HOUR, spent: { nanoUsd: 0 }, reserved: { nanoUsd: 100 } },
    ]);
  });

  test('a clock that steps back finds the spend of the window again', () => {
    const { ledger } = make([byDay]);
    admitted(ledger.tryReserve(call(60), NOON)).settle({ nanoUsd: 60 });
    ledger.tryReserve(call(1), NOON + 12 * HOUR);
    expect(reasonOf(ledger.tryReserve(call(60), NOON + 12 * HOUR - 1))).toBe('too-large');
    ledger.tryReserve(call(1), NOON + 9000 * HOUR);
    expect(reasonOf(ledger.tryReserve(call(60), NOON + 12 * HOUR - 1))).toBe('too-large');
  });

  test('charges are counted across windows, by values that are few', () => {
    const { ledger } = make([{ ...byDay, by: ['agent', 'task'] }]);
    for (const [task, now] of [
      ['T-1', NOON],
      ['T-2', NOON],
      ['T-2', NOON + 24 * HOUR],
    ] as const) {
      admitted(ledger.tryReserve(call(50, { agent: 'a', task }), now)).settle({ nanoUsd: 40, tokens: 4, calls: 1 });
    }
    expect(ledger.charged()).toEqual([
      { budget: 'day', account: { agent: 'a' }, charged: { nanoUsd: 120, tokens: 12, calls: 3 } },
    ]);
  });

  test('beyond 200 combinations charges are summed up under "other"', () => {
    const { ledger } = make([{ ...total, by: ['step'] }]);
    for (let step = 0; step < 250; step++)
      admitted(ledger.tryReserve(call(1, { step: `s${step}` }), NOON)).settle({ nanoUsd: 1 });
    const charged = ledger.charged();
    expect(charged).toHaveLength(201);
    expect(charged.at(-1)).toMatchObject({ account: { step: 'other' }, charged: { nanoUsd: 50 } });
  });

  test('a rolling window takes spend back after its length, and opens again', () => {
    const { ledger } = make([{ ...total, window: { rolling: '1h' } }]);
    admitted(ledger.tryReserve(call(100), NOON)).settle({ nanoUsd: 100 });
    expect(ledger.tryReserve(call(10), NOON + HOUR)).toMatchObject({
      reason: 'exhausted',
      standing: { closed: true, opensAt: NOON, resetsAt: NOON + HOUR + 60_000 },
    });
    expect(reasonOf(ledger.tryReserve(call(100), NOON + HOUR + 60_000))).toBe('ok');
  });
});

describe('the number of accounts', () => {
  const WEEK = 7 * 24 * HOUR;

  test('accounts that lie unused for a week are dropped, but never while something is reserved', () => {
    const { ledger } = make([byTask]);
    admitted(ledger.tryReserve(call(50, { task: 'old' }), NOON)).settle({ nanoUsd: 50 });
    const open = admitted(ledger.tryReserve(call(50, { task: 'open' }), NOON));
    admitted(ledger.tryReserve(call(1, { task: 'new' }), NOON + WEEK));
    expect(ledger.standings(NOON + WEEK).map(({ account }) => account.task)).toEqual(['open', 'new']);
    open.settle({ nanoUsd: 50 });
    expect(ledger.standings(NOON + WEEK)[0]?.spent).toEqual({ nanoUsd: 50 });
  });

  test('a rolling account stays as long as spend is in its window', () => {
    const { ledger } = make([{ ...byTask, window: { rolling: '30d' } }]);
    admitted(ledger.tryReserve(call(50, { task: 'old' }), NOON)).settle({ nanoUsd: 50 });
    admitted(ledger.tryReserve(call(1, { task: 'new' }), NOON + 2 * WEEK));
    expect(reasonOf(ledger.tryReserve(call(60, { task: 'old' }), NOON + 2 * WEEK))).toBe('too-large');
  });

  test('an account without by values is never dropped', () => {
    const { ledger } = make([total]);
    admitted(ledger.tryReserve(call(50), NOON)).settle({ nanoUsd: 50 });
    expect(reasonOf(ledger.tryReserve(call(60), NOON + 9 * WEEK))).toBe('too-large');
  });

  test('refuses a call for one account too many, until others have expired', () => {
    const { ledger } = make([{ ...byTask, idle: '1h' }]);
    for (let task = 0; task < 100_000; task++) ledger.tryReserve(call(1, { task: `T-${task}` }), NOON);
    expect(reasonOf(ledger.tryReserve(call(1, { task: 'T-7' }), NOON))).toBe('ok');
    expect(reasonOf(ledger.tryReserve(call(1, { task: 'new' }), NOON + 2 * HOUR))).toBe('too-many-accounts');

    const settled = make([{ ...byTask, idle: '1h' }]).ledger;
    for (let task = 0; task < 100_000; task++)
      admitted(settled.tryReserve(call(1, { task: `T-${task}` }), NOON)).release();
    expect(reasonOf(settled.tryReserve(call(1, { task: 'new' }), NOON))).toBe('too-many-accounts');
    expect(reasonOf(settled.tryReserve(call(1, { task: 'new' }), NOON + 2 * HOUR))).toBe('ok');
  });
});

describe('check', () => {
  test('answers as a call would be answered, and reserves and closes nothing', () => {
    const { ledger, told } = make([byTask]);
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 100 }, NOON)).toEqual({ allowed: true });
    expect(ledger.standings(NOON)).toEqual([]);
    admitted(ledger.tryReserve(call(60, { task: 'T-1' }), NOON)).settle({ nanoUsd: 60 });
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 41 }, NOON)).toMatchObject({
      allowed: false,
      reason: 'exhausted',
      standing: { account: { task: 'T-1' }, closed: false },
    });
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 40 }, NOON)).toEqual({ allowed: true });
    expect(told.exceeded).toEqual([]);
  });

  test('tells what is in the way for now, and passes budgets that do not apply or only watch', () => {
    const { ledger } = make([byTask, { ...total, name: 'watch', mode: 'observe' }]);
    admitted(ledger.tryReserve(call(60, { task: 'T-1' }), NOON));
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 50 }, NOON)).toMatchObject({ allowed: false, reason: 'contended' });
    expect(ledger.check({}, { nanoUsd: 500 }, NOON)).toEqual({ allowed: true });
    ledger.control.pause({ task: 'T-2' }, { by: 'ops' }, NOON);
    expect(ledger.check({ task: 'T-2' }, {}, NOON)).toMatchObject({ allowed: false, reason: 'paused' });
  });
});
