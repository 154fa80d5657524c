import { describe, expect, test } from 'vitest';
import { admitted, BY_DAY, BY_TASK, call, HOUR, makeLedger, NOON, TOTAL, wordOf } from './ledger-fixture.ts';

describe('warnings', () => {
  test('come once per threshold and window', () => {
    const { ledger, told } = makeLedger([{ ...BY_DAY, warnAt: [0.5, 0.8] }]);
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
    const { ledger, told } = makeLedger([{ ...TOTAL, window: { rolling: '1h' }, warnAt: [0.5] }]);
    const spend = (now: number) => admitted(ledger.tryReserve(call(60), now)).settle({ nanoUsd: 60 });
    spend(NOON);
    spend(NOON + 1.5 * HOUR);
    spend(NOON + 3 * HOUR);
    expect(told.warnings).toHaveLength(3);
  });
});

describe('calls without a value for a by dimension', () => {
  test('an agent falls back to the service', () => {
    const { ledger } = makeLedger([{ ...TOTAL, by: ['agent'] }]);
    admitted(ledger.tryReserve(call(1), NOON));
    expect(ledger.standings(NOON)[0]?.account).toEqual({ agent: 'bot' });
  });

  test('others are left out by default, and that is told once', () => {
    const { ledger, told } = makeLedger([BY_TASK, TOTAL]);
    admitted(ledger.tryReserve(call(1), NOON));
    admitted(ledger.tryReserve(call(1, { task: '' }), NOON));
    expect(ledger.standings(NOON).map(({ budget }) => budget)).toEqual(['total']);
    expect(told.untagged).toEqual([['task', 'task']]);
  });

  test('share one account, or are refused, where the budget says so', () => {
    const shared = makeLedger([{ ...BY_TASK, missing: 'share' }]).ledger;
    admitted(shared.tryReserve(call(1), NOON));
    expect(shared.standings(NOON)[0]?.account).toEqual({ task: '(none)' });
    const denied = makeLedger([{ ...BY_TASK, missing: 'deny' }]).ledger;
    expect(denied.tryReserve(call(1), NOON)).toMatchObject({
      reason: 'untagged',
      standing: { budget: 'task', account: { task: '(none)' }, spent: { nanoUsd: 0 } },
    });
    expect(denied.standings(NOON)).toEqual([]);
  });
});

describe('windows', () => {
  test('a call belongs to the window that admitted it', () => {
    const { ledger } = makeLedger([BY_DAY]);
    const late = admitted(ledger.tryReserve(call(60), NOON + 12 * HOUR - 1));
    admitted(ledger.tryReserve(call(100), NOON + 12 * HOUR));
    late.settle({ nanoUsd: 60 });
    expect(ledger.standings(NOON + 12 * HOUR)).toMatchObject([
      { opensAt: NOON + 12 * HOUR, resetsAt: NOON + 36 * HOUR, spent: { nanoUsd: 0 }, reserved: { nanoUsd: 100 } },
    ]);
  });

  test('a budget without by values is seen before its first call, and stands at nothing when a window begins', () => {
    const { ledger } = makeLedger([BY_DAY, BY_TASK]);
    expect(ledger.standings(NOON)).toMatchObject([{ budget: 'day', remaining: { nanoUsd: 100 } }]);
    admitted(ledger.tryReserve(call(60), NOON)).settle({ nanoUsd: 60 });
    expect(ledger.standings(NOON + 12 * HOUR)).toMatchObject([
      { opensAt: NOON + 12 * HOUR, remaining: { nanoUsd: 100 } },
    ]);
  });

  test('a clock that steps back finds the spend of the window again', () => {
    const { ledger } = makeLedger([BY_DAY]);
    admitted(ledger.tryReserve(call(60), NOON)).settle({ nanoUsd: 60 });
    ledger.tryReserve(call(1), NOON + 12 * HOUR);
    expect(wordOf(ledger.tryReserve(call(60), NOON + 12 * HOUR - 1))).toBe('too-large');
    ledger.tryReserve(call(1), NOON + 9000 * HOUR);
    expect(wordOf(ledger.tryReserve(call(60), NOON + 12 * HOUR - 1))).toBe('too-large');
  });

  test('charges are counted across windows, by values that are few', () => {
    const { ledger } = makeLedger([{ ...BY_DAY, by: ['agent', 'task'] }]);
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
    const { ledger } = makeLedger([{ ...TOTAL, by: ['step'] }]);
    for (let step = 0; step < 250; step++)
      admitted(ledger.tryReserve(call(1, { step: `s${step}` }), NOON)).settle({ nanoUsd: 1 });
    const charged = ledger.charged();
    expect(charged).toHaveLength(201);
    expect(charged.at(-1)).toMatchObject({ account: { step: 'other' }, charged: { nanoUsd: 50 } });
  });

  test('a call that was open for longer than a rolling window is charged, but no longer counts in it', () => {
    const { ledger } = makeLedger([{ ...TOTAL, window: { rolling: '1h' } }]);
    const long = admitted(ledger.tryReserve(call(100), NOON));
    expect(ledger.tryReserve(call(1), NOON + 2 * HOUR)).toBe('wait');
    long.settle({ nanoUsd: 100 });
    expect(ledger.standings(NOON + 2 * HOUR)[0]).toMatchObject({ spent: { nanoUsd: 0 }, reserved: { nanoUsd: 0 } });
    expect(ledger.charged()[0]?.charged.nanoUsd).toBe(100);
  });

  test('a rolling window takes spend back after its length, and opens again', () => {
    const { ledger } = makeLedger([{ ...TOTAL, window: { rolling: '1h' } }]);
    admitted(ledger.tryReserve(call(100), NOON)).settle({ nanoUsd: 100 });
    expect(ledger.tryReserve(call(10), NOON + HOUR)).toMatchObject({
      reason: 'exhausted',
      standing: { closed: true, opensAt: NOON, resetsAt: NOON + HOUR + 60_000 },
    });
    expect(wordOf(ledger.tryReserve(call(100), NOON + HOUR + 60_000))).toBe('ok');
  });

  test('a rolling window opens for another attempt just as for a call', () => {
    const { ledger } = makeLedger([{ ...TOTAL, window: { rolling: '1h' } }]);
    admitted(ledger.tryReserve(call(90), NOON)).settle({ nanoUsd: 90 });
    const reservation = admitted(ledger.tryReserve(call(10), NOON + HOUR));
    expect(wordOf(ledger.tryReserve(call(20, {}, 15), NOON + HOUR))).toBe('exhausted');
    expect(wordOf(reservation.extend({ nanoUsd: 90 }, NOON + HOUR))).toBe('exhausted');
    expect(wordOf(reservation.extend({ nanoUsd: 90 }, NOON + HOUR + 60_000))).toBe('ok');
  });
});

describe('the number of accounts', () => {
  const WEEK = 7 * 24 * HOUR;

  test('accounts that lie unused for a week are dropped, but never while something is reserved', () => {
    const { ledger } = makeLedger([BY_TASK]);
    admitted(ledger.tryReserve(call(50, { task: 'old' }), NOON)).settle({ nanoUsd: 50 });
    const open = admitted(ledger.tryReserve(call(50, { task: 'open' }), NOON));
    admitted(ledger.tryReserve(call(1, { task: 'new' }), NOON + WEEK));
    expect(ledger.standings(NOON + WEEK).map(({ account }) => account.task)).toEqual(['open', 'new']);
    open.settle({ nanoUsd: 50 });
    expect(ledger.standings(NOON + WEEK)[0]?.spent).toEqual({ nanoUsd: 50 });
  });

  test('a rolling account stays as long as spend is in its window', () => {
    const { ledger } = makeLedger([{ ...BY_TASK, window: { rolling: '30d' } }]);
    admitted(ledger.tryReserve(call(50, { task: 'old' }), NOON)).settle({ nanoUsd: 50 });
    admitted(ledger.tryReserve(call(1, { task: 'new' }), NOON + 2 * WEEK));
    expect(wordOf(ledger.tryReserve(call(60, { task: 'old' }), NOON + 2 * WEEK))).toBe('too-large');
  });

  test('an account without by values is never dropped', () => {
    const { ledger } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(50), NOON)).settle({ nanoUsd: 50 });
    expect(wordOf(ledger.tryReserve(call(60), NOON + 9 * WEEK))).toBe('too-large');
  });

  test('refuses a call for one account too many, until others have expired', () => {
    const { ledger } = makeLedger([{ ...BY_TASK, idle: '1h' }], { observer: undefined });
    for (let task = 0; task < 100_000; task++) ledger.tryReserve(call(1, { task: `T-${task}` }), NOON);
    expect(wordOf(ledger.tryReserve(call(1, { task: 'T-7' }), NOON))).toBe('ok');
    expect(wordOf(ledger.tryReserve(call(1, { task: 'new' }), NOON + 2 * HOUR))).toBe('too-many-accounts');

    const settled = makeLedger([{ ...BY_TASK, idle: '1h' }], { observer: undefined }).ledger;
    for (let task = 0; task < 100_000; task++)
      admitted(settled.tryReserve(call(1, { task: `T-${task}` }), NOON)).release();
    expect(wordOf(settled.tryReserve(call(1, { task: 'new' }), NOON))).toBe('too-many-accounts');
    expect(wordOf(settled.tryReserve(call(1, { task: 'new' }), NOON + 2 * HOUR))).toBe('ok');
  }, 30_000);
});

describe('check', () => {
  test('answers as a call would be answered, and reserves and closes nothing', () => {
    const { ledger, told } = makeLedger([BY_TASK]);
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 100 }, NOON)).toEqual({ allowed: true });
    expect(ledger.standings(NOON)).toEqual([]);
    admitted(ledger.tryReserve(call(60, { task: 'T-1' }), NOON)).settle({ nanoUsd: 60 });
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 41 }, NOON)).toMatchObject({
      allowed: false,
      reason: 'too-large',
      standing: { account: { task: 'T-1' }, closed: false },
    });
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 40 }, NOON)).toEqual({ allowed: true });
    admitted(ledger.tryReserve(call(40, { task: 'T-1' }), NOON)).settle({ nanoUsd: 40 });
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 1 }, NOON)).toMatchObject({ allowed: false, reason: 'exhausted' });
    expect(ledger.standings(NOON)).toMatchObject([{ closed: false }]);
    expect(told.exceeded).toEqual([]);
  });

  test('tells what is in the way for now, and passes budgets that do not apply or only watch', () => {
    const { ledger } = makeLedger([BY_TASK, { ...TOTAL, name: 'watch', mode: 'observe' }]);
    admitted(ledger.tryReserve(call(60, { task: 'T-1' }), NOON));
    expect(ledger.check({ task: 'T-1' }, { nanoUsd: 50 }, NOON)).toMatchObject({ allowed: false, reason: 'contended' });
    expect(ledger.check({}, { nanoUsd: 500 }, NOON)).toEqual({ allowed: true });
    ledger.control.pause({ task: 'T-2' }, { by: 'ops' }, NOON);
    expect(ledger.check({ task: 'T-2' }, {}, NOON)).toMatchObject({ allowed: false, reason: 'paused' });
  });
});
