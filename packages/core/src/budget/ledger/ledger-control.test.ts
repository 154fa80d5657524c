import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../errors/config-error.ts';
import { admitted, BY_DAY, BY_TASK, call, HOUR, makeLedger, NOON, TOTAL, wordOf } from './ledger-fixture.ts';

const ops = { by: 'ops' };

function issuesOf(change: () => void): { path: string; message: string }[] {
  try {
    change();
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path, message }) => ({ path, message }));
    throw error;
  }
  return [];
}

describe('raise', () => {
  test('opens an exhausted account at once, and leaves other units as they are', () => {
    const { ledger } = makeLedger([{ ...TOTAL, limit: { usd: 100e-9, calls: 5 } }]);
    admitted(ledger.tryReserve(call(100), NOON)).settle({ nanoUsd: 100, calls: 1 });
    expect(wordOf(ledger.tryReserve(call(1), NOON))).toBe('exhausted');
    ledger.control.raise('total', { usd: 150e-9 }, ops, NOON);
    expect(wordOf(ledger.tryReserve(call(50), NOON))).toBe('ok');
    expect(ledger.standings(NOON)[0]).toMatchObject({ limit: { nanoUsd: 150, calls: 5 }, closed: false });
  });

  test('ends after the time that was given', () => {
    const { ledger } = makeLedger([TOTAL]);
    ledger.control.raise('total', { usd: 150e-9 }, { by: 'ops', for: '1h' }, NOON);
    const reservation = admitted(ledger.tryReserve(call(120), NOON + HOUR - 1));
    expect(wordOf(ledger.tryReserve(call(30), NOON + HOUR))).toBe('wait');
    reservation.settle({ nanoUsd: 120 });
    expect(ledger.standings(NOON + HOUR)[0]).toMatchObject({ limit: { nanoUsd: 100 }, spent: { nanoUsd: 120 } });
    expect(wordOf(ledger.tryReserve(call(1), NOON + HOUR))).toBe('exhausted');
  });

  test('that ends opens nothing, unless it had lowered the limit', () => {
    const { ledger } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(90), NOON)).settle({ nanoUsd: 90 });
    ledger.control.raise('total', { usd: 120e-9 }, { by: 'ops', for: '1h' }, NOON);
    expect(wordOf(ledger.tryReserve(call(40, {}, 40), NOON))).toBe('exhausted');
    expect(ledger.standings(NOON + HOUR)).toMatchObject([{ limit: { nanoUsd: 100 }, closed: true }]);
    expect(wordOf(ledger.tryReserve(call(5), NOON + HOUR))).toBe('exhausted');
    ledger.control.raise('total', { usd: 95e-9 }, { by: 'ops', for: '1h' }, NOON + HOUR);
    expect(wordOf(ledger.tryReserve(call(10, {}, 10), NOON + HOUR))).toBe('exhausted');
    expect(wordOf(ledger.tryReserve(call(10, {}, 10), NOON + 2 * HOUR))).toBe('ok');
  });

  test('reaches calls of a window that is over', () => {
    const { ledger } = makeLedger([BY_DAY]);
    const reservation = admitted(ledger.tryReserve(call(10), NOON));
    admitted(ledger.tryReserve(call(90), NOON)).settle({ nanoUsd: 90 });
    expect(wordOf(ledger.tryReserve(call(20, {}, 20), NOON))).toBe('exhausted');
    const midnight = NOON + 12 * HOUR;
    admitted(ledger.tryReserve(call(1), midnight));
    expect(wordOf(reservation.extend({ nanoUsd: 20 }, midnight))).toBe('exhausted');
    ledger.control.raise('day', { usd: 200e-9 }, ops, midnight);
    expect(wordOf(reservation.extend({ nanoUsd: 20 }, midnight))).toBe('ok');
  });

  test('that has run out is no help to another attempt', () => {
    const { ledger } = makeLedger([TOTAL]);
    ledger.control.raise('total', { usd: 200e-9 }, { by: 'ops', for: '1h' }, NOON);
    const reservation = admitted(ledger.tryReserve(call(90), NOON));
    expect(wordOf(reservation.extend({ nanoUsd: 20 }, NOON + HOUR))).toBe('too-large');
    expect(wordOf(reservation.extend({ nanoUsd: 10 }, NOON + HOUR))).toBe('ok');
  });

  test('lets a warning come once more where its threshold is no longer reached', () => {
    const { ledger, told } = makeLedger([{ ...TOTAL, warnAt: [0.5] }]);
    admitted(ledger.tryReserve(call(60), NOON)).settle({ nanoUsd: 60 });
    ledger.control.raise('total', { usd: 200e-9 }, ops, NOON);
    admitted(ledger.tryReserve(call(60), NOON)).settle({ nanoUsd: 60 });
    expect(told.warnings.map(([{ limit }]) => limit.nanoUsd)).toEqual([100, 200]);
  });

  test('rejects what it can not use, says where, and changes nothing', () => {
    const { ledger, told } = makeLedger([TOTAL]);
    expect(issuesOf(() => ledger.control.raise('totla', { usd: 1 }, ops, NOON))).toEqual([
      { path: 'name', message: "'totla' is not the name of a budget: did you mean 'total'?" },
    ]);
    expect(issuesOf(() => ledger.control.raise('total', { usd: -1 }, ops, NOON))[0]?.path).toBe('raise.limit.usd');
    expect(issuesOf(() => ledger.control.raise('total', { usd: 1 }, { by: 'ops', for: 'soon' }, NOON))[0]?.path).toBe(
      'for',
    );
    expect(ledger.standings(NOON)).toMatchObject([{ limit: { nanoUsd: 100 } }]);
    expect(told.controlled).toEqual([]);
  });
});

describe('set and remove', () => {
  test('a new limit for the same accounts keeps their spend', () => {
    const { ledger } = makeLedger([BY_TASK]);
    admitted(ledger.tryReserve(call(60, { task: 'T-1' }), NOON)).settle({ nanoUsd: 60 });
    ledger.control.set({ ...BY_TASK, limit: { usd: 70e-9 } }, ops, NOON);
    expect(wordOf(ledger.tryReserve(call(11, { task: 'T-1' }), NOON))).toBe('too-large');
    expect(wordOf(ledger.tryReserve(call(10, { task: 'T-1' }), NOON))).toBe('ok');
  });

  test('another window starts at nothing, and goes on counting charges', () => {
    const { ledger } = makeLedger([{ ...TOTAL, name: 'day' }]);
    admitted(ledger.tryReserve(call(100), NOON)).settle({ nanoUsd: 100 });
    ledger.control.set(BY_DAY, ops, NOON);
    admitted(ledger.tryReserve(call(100), NOON)).settle({ nanoUsd: 30 });
    expect(ledger.standings(NOON)).toMatchObject([{ window: 'day', spent: { nanoUsd: 30 } }]);
    expect(ledger.charged()).toMatchObject([{ charged: { nanoUsd: 130 } }]);
  });

  test('a budget that was not there applies from the next call on', () => {
    const { ledger } = makeLedger([]);
    expect(wordOf(ledger.tryReserve(call(1000), NOON))).toBe('ok');
    ledger.control.set(TOTAL, ops, NOON);
    expect(wordOf(ledger.tryReserve(call(1000), NOON))).toBe('too-large');
    expect(ledger.budgets().map(({ name }) => name)).toEqual(['total']);
  });

  test('a change of mode reaches accounts that exist', () => {
    const { ledger, told } = makeLedger([{ ...TOTAL, mode: 'observe' }]);
    admitted(ledger.tryReserve(call(100), NOON));
    ledger.control.set(TOTAL, ops, NOON);
    expect(ledger.tryReserve(call(1), NOON)).toBe('wait');
    ledger.control.set({ ...TOTAL, limit: { usd: 1 } }, ops, NOON);
    admitted(ledger.tryReserve(call(1), NOON));
    expect(told.decisions.map(({ decision, mode }) => [decision, mode])).toEqual([
      ['allow', 'observe'],
      ['allow', 'enforce'],
    ]);
  });

  test('a removed budget refuses nothing, and calls under way still settle', () => {
    const { ledger } = makeLedger([TOTAL]);
    const reservation = admitted(ledger.tryReserve(call(100), NOON));
    ledger.control.remove('total', ops, NOON);
    expect(wordOf(ledger.tryReserve(call(1000), NOON))).toBe('ok');
    reservation.settle({ nanoUsd: 100 });
    expect([ledger.standings(NOON), ledger.oldestReservation(NOON)]).toEqual([[], undefined]);
  });

  test('a broken spec is rejected with every issue', () => {
    const { ledger } = makeLedger([TOTAL]);
    const broken = { ...TOTAL, limit: { usd: -1 }, window: 'dya' } as never;
    expect(issuesOf(() => ledger.control.set(broken, ops, NOON)).map(({ path }) => path)).toEqual([
      'spec.limit.usd',
      'spec.window',
    ]);
  });
});

describe('pause and resume', () => {
  test('stops the calls of a scope, with a budget or without, and no others', () => {
    const { ledger } = makeLedger([]);
    ledger.control.pause({ agent: 'research', task: 'T-1' }, ops, NOON);
    expect(ledger.tryReserve(call(1, { agent: 'research', task: 'T-1' }), NOON)).toMatchObject({
      ok: false,
      reason: 'paused',
      standing: { account: { agent: 'research', task: 'T-1' }, closed: true, paused: { by: 'ops' } },
    });
    expect(wordOf(ledger.tryReserve(call(1, { agent: 'research' }), NOON))).toBe('ok');
    ledger.control.resume({ task: 'T-1', agent: 'research' }, ops, NOON);
    expect(wordOf(ledger.tryReserve(call(1, { agent: 'research', task: 'T-1' }), NOON))).toBe('ok');
  });

  test("the service's own agent stands for the calls that name none, and for no account of all agents", () => {
    const { ledger } = makeLedger([TOTAL, { ...BY_TASK, name: 'agent', by: ['agent'] }]);
    admitted(ledger.tryReserve(call(1), NOON));
    ledger.control.pause({ agent: 'bot' }, ops, NOON);
    expect(wordOf(ledger.tryReserve(call(1), NOON))).toBe('paused');
    expect(ledger.check({}, {}, NOON)).toMatchObject({ allowed: false, reason: 'paused' });
    expect(wordOf(ledger.tryReserve(call(1, { agent: 'research' }), NOON))).toBe('ok');
    expect(ledger.standings(NOON).map(({ account, closed }) => [account, closed])).toEqual([
      [{}, false],
      [{ agent: 'bot' }, true],
      [{ agent: 'research' }, false],
    ]);
  });

  test('an empty scope stops everything, for as long as was said', () => {
    const { ledger, told } = makeLedger([BY_TASK]);
    admitted(ledger.tryReserve(call(1, { task: 'T-1' }), NOON));
    ledger.control.pause({}, { by: 'ops', why: 'incident', for: '15m' }, NOON);
    expect(wordOf(ledger.tryReserve(call(1), NOON))).toBe('paused');
    expect(ledger.standings(NOON)[0]).toMatchObject({ closed: true, paused: { by: 'ops', until: NOON + HOUR / 4 } });
    expect(wordOf(ledger.tryReserve(call(1), NOON + HOUR / 4))).toBe('ok');
    expect(told.controlled).toEqual([{ change: 'pause', subject: 'everything', by: 'ops', why: 'incident', at: NOON }]);
  });

  test('refuses another attempt of a call under way, and what waits', async () => {
    const { ledger } = makeLedger([TOTAL]);
    const reservation = admitted(ledger.tryReserve(call(60, { agent: 'a' }), NOON));
    const waiting = ledger.reserve(call(60, { agent: 'a' }), NOON);
    ledger.control.pause({ agent: 'a' }, ops, NOON);
    expect(wordOf(reservation.extend({ nanoUsd: 1 }))).toBe('paused');
    expect(wordOf(await waiting)).toBe('paused');
  });

  test('lets another attempt go once its time is over', () => {
    const { ledger } = makeLedger([TOTAL]);
    const reservation = admitted(ledger.tryReserve(call(60), NOON));
    ledger.control.pause({}, { by: 'ops', for: '1h' }, NOON);
    expect(wordOf(reservation.extend({}, NOON + HOUR - 1))).toBe('paused');
    expect(wordOf(reservation.extend({}, NOON + HOUR))).toBe('ok');
  });
});
