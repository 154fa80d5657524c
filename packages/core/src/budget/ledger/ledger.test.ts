import { describe, expect, test } from 'vitest';
import type { BudgetSpec } from '../spec/budget-spec.ts';
import type { LedgerOptions } from './ledger.ts';
import { admitted, BY_DAY, BY_TASK, call, HOUR, makeLedger, NOON, TOTAL, wordOf } from './ledger-fixture.ts';
import type { Need } from '../need.ts';

describe('reserving and settling', () => {
  test('keeps what is put aside apart from what is spent', () => {
    const { ledger } = makeLedger([TOTAL]);
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
    const { ledger } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(100), NOON)).release();
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 0 }, reserved: { nanoUsd: 0 } });
    expect(wordOf(ledger.tryReserve(call(100), NOON))).toBe('ok');
  });

  test('is safe to settle, release and extend again after it is over', () => {
    const { ledger } = makeLedger([TOTAL]);
    const reservation = admitted(ledger.tryReserve(call(40), NOON));
    reservation.settle({ nanoUsd: 10 });
    reservation.settle({ nanoUsd: 10 });
    reservation.release();
    expect(reservation.extend({ nanoUsd: 90 })).toEqual({ ok: true, reservation });
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 10 }, reserved: { nanoUsd: 0 } });
  });

  test('charges a unit that is left out as it was held', () => {
    const { ledger } = makeLedger([{ ...TOTAL, limit: { usd: 100e-9, tokens: 100, calls: 5 } }]);
    admitted(ledger.tryReserve(call(30), NOON)).settle({ nanoUsd: 7 });
    expect(ledger.standings(NOON)[0]?.spent).toEqual({ nanoUsd: 7, tokens: 30, calls: 1 });
  });

  test('charges a cost beyond the hold in full, and reports by how much', () => {
    const { ledger, told } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(90), NOON)).settle({ nanoUsd: 130, tokens: 90 });
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 130 }, remaining: { nanoUsd: 0 } });
    expect(told.overruns).toEqual([[expect.objectContaining({ spent: { nanoUsd: 130 } }), { nanoUsd: 40 }]]);
  });

  test('holds the worst case where the budget says so, and the expected one elsewhere', () => {
    const { ledger } = makeLedger([{ ...TOTAL, reserve: 'max' }, BY_TASK]);
    admitted(ledger.tryReserve({ ...call(10, { task: 'T-1' }), upper: { nanoUsd: 60, tokens: 60 } }, NOON));
    expect(ledger.standings(NOON).map(({ reserved }) => reserved.nanoUsd)).toEqual([60, 10]);
  });

  test('leaves cached tokens out where the budget counts the uncached', () => {
    const tokens = { ...TOTAL, limit: { tokens: 1000 } };
    const { ledger } = makeLedger([tokens, { ...tokens, name: 'uncached', count: 'uncached' }]);
    admitted(ledger.tryReserve(call(100), NOON)).settle({ tokens: 90, cachedTokens: 80 });
    expect(ledger.standings(NOON).map(({ spent }) => spent.tokens)).toEqual([90, 10]);
  });

  test('extends a call for another attempt, or refuses to and leaves it as it is', () => {
    const { ledger } = makeLedger([TOTAL]);
    const reservation = admitted(ledger.tryReserve(call(60), NOON));
    expect(reservation.extend({ nanoUsd: 40 }).ok).toBe(true);
    expect(reservation.extend({ nanoUsd: 1 })).toMatchObject({ reason: 'too-large', needed: { nanoUsd: 101 } });
    expect(ledger.standings(NOON)[0]).toMatchObject({ reserved: { nanoUsd: 100 } });
    reservation.settle({ nanoUsd: 95 });
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 95 }, reserved: { nanoUsd: 0 } });
  });

  test('refuses another attempt once the account is exhausted, with figures that add up', () => {
    const { ledger } = makeLedger([TOTAL]);
    const reservation = admitted(ledger.tryReserve(call(10), NOON));
    admitted(ledger.tryReserve(call(90), NOON)).settle({ nanoUsd: 90 });
    expect(wordOf(ledger.tryReserve(call(20, {}, 15), NOON))).toBe('exhausted');
    expect(reservation.extend({})).toMatchObject({
      reason: 'exhausted',
      standing: { spent: { nanoUsd: 90 } },
      needed: { nanoUsd: 15 },
    });
  });

  test('closes an account that is over its limit when another attempt finds that out', () => {
    const { ledger } = makeLedger([TOTAL]);
    const reservation = admitted(ledger.tryReserve(call(10), NOON));
    admitted(ledger.tryReserve(call(20), NOON)).settle({ nanoUsd: 120 });
    expect(reservation.extend({ nanoUsd: 5 })).toMatchObject({
      reason: 'exhausted',
      standing: { closed: true },
      needed: { nanoUsd: 5 },
    });
    expect(ledger.standings(NOON)).toMatchObject([{ closed: true }]);
  });

  test('knows the age of the oldest open reservation', () => {
    const { ledger } = makeLedger([TOTAL]);
    expect(ledger.oldestReservation(NOON)).toBeUndefined();
    const first = admitted(ledger.tryReserve(call(1), NOON));
    admitted(ledger.tryReserve(call(1), NOON + 500));
    expect(ledger.oldestReservation(NOON + 2000)).toBe(2000);
    first.release();
    expect(ledger.oldestReservation(NOON + 2000)).toBe(1500);
  });

  test('gives reservations ids of their own', () => {
    const { ledger } = makeLedger([TOTAL]);
    const ids = [1, 2, 3].map(() => admitted(ledger.tryReserve(call(1), NOON)).id);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('several budgets', () => {
  test('all of them are asked before any of them is written', () => {
    const { ledger } = makeLedger([TOTAL, { ...BY_TASK, limit: { usd: 10e-9 } }]);
    expect(wordOf(ledger.tryReserve(call(50, { task: 'T-1' }), NOON))).toBe('too-large');
    expect(ledger.standings(NOON).map(({ reserved }) => reserved.nanoUsd)).toEqual([0, 0]);
  });

  test('only those that match are asked, each in the account of the call', () => {
    const { ledger } = makeLedger([
      { ...TOTAL, match: { agent: 'res*' } },
      { ...BY_TASK, by: ['agent', 'task'] },
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
    const { ledger, told } = makeLedger([{ ...TOTAL, match: { agent: 'other' } }]);
    const reservation = admitted(ledger.tryReserve(call(1e15), NOON));
    expect(wordOf(reservation.extend({ nanoUsd: 1e15 }))).toBe('ok');
    reservation.settle({ nanoUsd: 1e15 });
    reservation.release();
    expect([ledger.oldestReservation(NOON), told.decisions, told.exceeded]).toEqual([undefined, [], []]);
    expect(ledger.standings(NOON)).toMatchObject([{ spent: { nanoUsd: 0 }, reserved: { nanoUsd: 0 } }]);
  });

  test('each account that allows says so with one and the same object', () => {
    const { ledger, told } = makeLedger([TOTAL, BY_TASK]);
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
    const { ledger, told } = makeLedger([BY_TASK]);
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
    const { ledger } = makeLedger([{ ...TOTAL, limit: { usd: 100e-9, tokens: 5000 } }]);
    const decision = ledger.tryReserve({ ...call(110), nanoUsdPerOutputToken: 4 }, NOON);
    expect(decision).toMatchObject({ reason: 'too-large', lowerOutputBy: 3 });
  });

  test('advises no shorter answer where even the shortest is too large', () => {
    const { ledger } = makeLedger([{ ...TOTAL, limit: { usd: 177e-9 } }]);
    const capped = { ...call(1000, {}, 1000), nanoUsdPerOutputToken: 1 };
    expect(ledger.tryReserve(capped, NOON)).toMatchObject({ reason: 'too-large', lowerOutputBy: undefined });
    const long = { ...call(1000, {}, 177), nanoUsdPerOutputToken: 1 };
    expect(ledger.tryReserve(long, NOON)).toMatchObject({ reason: 'too-large', lowerOutputBy: 823 });
  });

  test('advises by how much each of several answers is too long, and nothing where there is no cap to lower', () => {
    const { ledger } = makeLedger([{ ...TOTAL, limit: { tokens: 100 } }]);
    expect(ledger.tryReserve({ ...call(110), cappedAnswers: 4 }, NOON)).toMatchObject({ lowerOutputBy: 3 });
    expect(ledger.tryReserve({ ...call(110), cappedAnswers: 0 }, NOON)).toMatchObject({
      reason: 'too-large',
      lowerOutputBy: undefined,
    });
  });

  test('an exhausted account refuses everything at once, cheaper models too, until its window ends', () => {
    const { ledger } = makeLedger([BY_DAY]);
    admitted(ledger.tryReserve(call(95), NOON)).settle({ nanoUsd: 95 });
    expect(ledger.tryReserve(call(40, {}, 20), NOON)).toMatchObject({ reason: 'exhausted', needed: { nanoUsd: 20 } });
    expect(ledger.tryReserve(call(1), NOON)).toMatchObject({
      reason: 'exhausted',
      standing: { closed: true },
      needed: { nanoUsd: 20 },
    });
    expect(ledger.standings(NOON)[0]?.closed).toBe(true);
    expect(wordOf(ledger.tryReserve(call(100), NOON + 12 * HOUR))).toBe('ok');
  });

  test('a call that is too large closes nothing', () => {
    const { ledger } = makeLedger([TOTAL]);
    expect(wordOf(ledger.tryReserve(call(200, {}, 150), NOON))).toBe('too-large');
    expect(wordOf(ledger.tryReserve(call(100), NOON))).toBe('ok');
  });

  test('a limit of 0 blocks every call that has a price, and no other', () => {
    const { ledger } = makeLedger([{ ...TOTAL, limit: { usd: 0 } }]);
    expect(wordOf(ledger.tryReserve({ ...call(0), lower: { nanoUsd: 0 } }, NOON))).toBe('ok');
    expect(wordOf(ledger.tryReserve(call(1), NOON))).toBe('exhausted');
  });

  test('counts calls without a price as free, or refuses them where that is wanted', () => {
    const unpriced: Need = { ...call(0), expected: { tokens: 5, calls: 1 }, lower: { tokens: 1, calls: 1 } };
    expect(wordOf(makeLedger([TOTAL]).ledger.tryReserve(unpriced, NOON))).toBe('ok');
    expect(wordOf(makeLedger([TOTAL], { denyUnpriced: true }).ledger.tryReserve(unpriced, NOON))).toBe('unpriced');
    const tokensOnly = makeLedger([{ ...TOTAL, limit: { tokens: 9 } }], { denyUnpriced: true });
    expect(wordOf(tokensOnly.ledger.tryReserve(unpriced, NOON))).toBe('ok');
  });

  test('refuses for lack of tokens or calls just as for money', () => {
    const { ledger } = makeLedger([{ ...TOTAL, limit: { calls: 2 } }]);
    admitted(ledger.tryReserve(call(1), NOON)).settle({ nanoUsd: 1, calls: 1 });
    const second = admitted(ledger.tryReserve(call(1), NOON));
    expect(ledger.tryReserve(call(1), NOON)).toBe('wait');
    second.settle({ calls: 1 });
    expect(wordOf(ledger.tryReserve(call(1), NOON))).toBe('exhausted');
  });
});

describe('budgets that say nothing', () => {
  test.each<[string, Partial<BudgetSpec>, Partial<LedgerOptions>]>([
    ['a budget that only warns', { onExceed: 'warn' }, {}],
    ['a budget in observe mode', { mode: 'observe' }, {}],
    ['a ledger in observe mode', {}, { mode: 'observe' }],
  ])('%s lets every call go, counts it, and tells what it would have refused', (_, spec, options) => {
    const { ledger, told } = makeLedger([{ ...TOTAL, ...spec }], options);
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
    const { ledger } = makeLedger([{ ...TOTAL, shrink: true }], { mode: 'observe' });
    admitted(ledger.tryReserve(call(80), NOON));
    expect(ledger.tryReserve({ ...call(80), mayShrink: true, nanoUsdPerOutputToken: 1 }, NOON)).toEqual({
      ok: true,
      reservation: expect.anything(),
    });
  });

  test('observe mode refuses no untagged, unpriced or paused call either', () => {
    const { ledger, told } = makeLedger([{ ...BY_TASK, missing: 'deny' }, TOTAL], {
      mode: 'observe',
      denyUnpriced: true,
    });
    ledger.control.pause({}, { by: 'ops' }, NOON);
    expect(wordOf(ledger.tryReserve({ ...call(0), expected: { calls: 1 } }, NOON))).toBe('ok');
    expect(told.exceeded.map(([{ budget }, reason]) => [budget, reason])).toEqual([
      ['task', 'untagged'],
      ['total', 'unpriced'],
      ['pause', 'paused'],
    ]);
  });

  test('observe mode tells of a pause what it would have stopped, and closes nothing', () => {
    const { ledger, told } = makeLedger([BY_TASK], { mode: 'observe' });
    ledger.control.pause({ agent: 'research' }, { by: 'ops' }, NOON);
    ledger.control.pause({ task: 'T-2' }, { by: 'ops' }, NOON);
    admitted(ledger.tryReserve(call(60, { agent: 'research', task: 'T-1' }), NOON)).settle({ nanoUsd: 60 });
    admitted(ledger.tryReserve(call(60, { agent: 'research' }), NOON));
    admitted(ledger.tryReserve(call(60, { task: 'T-2' }), NOON));
    expect(told.decisions.map(({ account, decision, reason }) => [account, decision, reason])).toEqual([
      [{ task: 'T-1' }, 'warn', 'paused'],
      [{ task: 'T-2' }, 'warn', 'paused'],
    ]);
    const research = { budget: 'pause', account: { agent: 'research' }, closed: false, paused: { by: 'ops' } };
    expect(told.exceeded).toMatchObject([
      [research, 'paused'],
      [research, 'paused'],
      [{ account: { task: 'T-2' }, closed: false }, 'paused'],
    ]);
    expect(ledger.standings(NOON)).toMatchObject([
      { spent: { nanoUsd: 60 }, closed: false },
      { reserved: { nanoUsd: 60 }, closed: false, paused: { by: 'ops' } },
    ]);
  });
});
