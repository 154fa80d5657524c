import { describe, expect, test } from 'vitest';
import type { Decision } from '../decide.ts';
import { admitted, BY_TASK, call, HOUR, makeLedger, NOON, TOTAL, wordOf, type Timer } from './ledger-fixture.ts';
import type { Reservation } from './reservation.ts';

/** Follows a promise, so that a test can look at what it has become after a turn of the event loop. */
function follow(promise: Promise<Decision>): { word: string; decision?: Decision; error?: unknown } {
  const seen: { word: string; decision?: Decision; error?: unknown } = { word: 'waits' };
  promise.then(
    (decision) => Object.assign(seen, { word: wordOf(decision), decision }),
    (error: unknown) => Object.assign(seen, { word: 'rejected', error }),
  );
  return seen;
}

async function turn(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

function fire(timers: Set<Timer>): number {
  const [timer] = timers;
  timer?.fire();
  return timer?.ms ?? NaN;
}

const companyAndTask = [TOTAL, { ...BY_TASK, limit: { usd: 50e-9 } }];

describe('a call that only others stand in the way of', () => {
  test('is told to wait, and goes as soon as there is room', async () => {
    const { ledger, told } = makeLedger([TOTAL]);
    const first = admitted(ledger.tryReserve(call(80), NOON));
    expect(ledger.tryReserve(call(40), NOON)).toBe('wait');
    const second = follow(ledger.reserve(call(40), NOON));
    await turn();
    expect(second.word).toBe('waits');
    first.settle({ nanoUsd: 60 });
    await turn();
    expect(second.word).toBe('ok');
    expect(ledger.standings(NOON)[0]).toMatchObject({ spent: { nanoUsd: 60 }, reserved: { nanoUsd: 40 } });
    expect(told.decisions.map(({ decision }) => decision)).toEqual(['allow', 'wait', 'allow']);
  });

  test('is refused when what the others have spent leaves no room', async () => {
    const { ledger } = makeLedger([TOTAL]);
    const first = admitted(ledger.tryReserve(call(80), NOON));
    const second = follow(ledger.reserve(call(40), NOON));
    first.settle({ nanoUsd: 70 });
    await turn();
    expect(second.word).toBe('too-large');
  });

  test('is refused as contended when its time is up, with figures that add up', async () => {
    const { ledger, told, timers } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(80), NOON));
    const second = follow(ledger.reserve(call(40), NOON));
    expect(fire(timers)).toBe(10_000);
    await turn();
    expect(second.decision).toMatchObject({
      reason: 'contended',
      standing: { spent: { nanoUsd: 0 }, reserved: { nanoUsd: 80 }, asOf: NOON + 10_000 },
      needed: { nanoUsd: 40 },
    });
    expect(told.decisions.at(-1)).toMatchObject({ decision: 'deny', reason: 'contended' });
    expect(timers.size).toBe(0);
  });

  test('does not wait at all where maxWait is 0', async () => {
    const { ledger } = makeLedger([TOTAL], { maxWaitMs: 0 });
    admitted(ledger.tryReserve(call(80), NOON));
    expect(wordOf(ledger.tryReserve(call(40), NOON))).toBe('contended');
    expect(wordOf(await ledger.reserve(call(40), NOON))).toBe('contended');
  });

  test('goes when its window ends before its time is up', async () => {
    const { ledger, timers } = makeLedger([{ ...TOTAL, window: 'hour' }]);
    const late = NOON + HOUR - 4000;
    admitted(ledger.tryReserve(call(80), late));
    const second = follow(ledger.reserve(call(40), late));
    expect(fire(timers)).toBe(4000);
    await turn();
    expect(second.word).toBe('ok');
    expect(ledger.standings(NOON + HOUR)[0]).toMatchObject({ opensAt: NOON + HOUR, reserved: { nanoUsd: 40 } });
  });

  test('goes when the limit is raised, and when the budget is removed', async () => {
    const { ledger } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(80), NOON));
    const second = follow(ledger.reserve(call(40), NOON));
    const third = follow(ledger.reserve(call(100), NOON));
    ledger.control.raise('total', { usd: 120e-9 }, { by: 'ops' }, NOON);
    await turn();
    expect([second.word, third.word]).toEqual(['ok', 'waits']);
    ledger.control.remove('total', { by: 'ops' }, NOON);
    await turn();
    expect(third.word).toBe('ok');
  });
});

describe('a call that is under way and needs more', () => {
  test('gets it at once where it can, and waits for others where it cannot', async () => {
    const { ledger, told } = makeLedger([TOTAL]);
    const lost = admitted(ledger.tryReserve(call(30), NOON));
    const other = admitted(ledger.tryReserve(call(30), NOON));
    expect(lost.extendInTurn({ nanoUsd: 20 }, NOON)).toEqual({ ok: true, reservation: lost });
    const more = follow(Promise.resolve(lost.extendInTurn({ nanoUsd: 50 }, NOON)));
    await turn();
    expect(more.word).toBe('waits');
    expect(told.decisions.at(-1)).toMatchObject({ decision: 'wait', reason: 'contended' });
    other.release();
    await turn();
    expect(more.word).toBe('ok');
    expect(ledger.standings(NOON)[0]).toMatchObject({ reserved: { nanoUsd: 100 } });
  });

  test('goes before all that wait to begin, however early they came', async () => {
    const { ledger } = makeLedger([TOTAL]);
    const [first, lost] = [20, 30].map((nanoUsd) => admitted(ledger.tryReserve(call(nanoUsd), NOON)));
    const large = follow(ledger.reserve(call(60), NOON));
    const more = follow(Promise.resolve(lost!.extendInTurn({ nanoUsd: 60 }, NOON)));
    const later = follow(ledger.reserve(call(10), NOON));
    first!.release();
    await turn();
    expect([more.word, large.word, later.word]).toEqual(['ok', 'waits', 'waits']);
    lost!.settle({ nanoUsd: 30 });
    await turn();
    expect([large.word, later.word]).toEqual(['ok', 'ok']);
  });

  test('never waits for what it holds itself, nor once others have spent what it needs', async () => {
    const { ledger } = makeLedger([TOTAL]);
    const lost = admitted(ledger.tryReserve(call(60), NOON));
    expect(lost.extendInTurn({ nanoUsd: 41 }, NOON)).toMatchObject({ reason: 'too-large', needed: { nanoUsd: 101 } });
    const other = admitted(ledger.tryReserve(call(30), NOON));
    const more = follow(Promise.resolve(lost.extendInTurn({ nanoUsd: 30 }, NOON)));
    other.settle({ nanoUsd: 20 });
    await turn();
    expect(more.decision).toMatchObject({ reason: 'too-large', needed: { nanoUsd: 90 } });
  });

  test('is refused as contended when its time is up, at once where nobody waits, and not at all once it is over', async () => {
    const { ledger, timers } = makeLedger([TOTAL]);
    const lost = admitted(ledger.tryReserve(call(30), NOON));
    admitted(ledger.tryReserve(call(60), NOON));
    const more = follow(Promise.resolve(lost.extendInTurn({ nanoUsd: 30 }, NOON)));
    fire(timers);
    await turn();
    expect(more.decision).toMatchObject({ reason: 'contended', needed: { nanoUsd: 30 } });
    lost.release();
    expect(lost.extendInTurn({ nanoUsd: 30 }, NOON)).toEqual({ ok: true, reservation: lost });
    const hasty = makeLedger([TOTAL], { maxWaitMs: 0 }).ledger;
    const held = admitted(hasty.tryReserve(call(30), NOON));
    admitted(hasty.tryReserve(call(60), NOON));
    expect(held.extendInTurn({ nanoUsd: 30 }, NOON)).toMatchObject({ reason: 'contended' });
  });

  test('leaves the line when it ends, and when the app gives it up', async () => {
    const { ledger, timers } = makeLedger([TOTAL]);
    const lost = admitted(ledger.tryReserve(call(30), NOON));
    admitted(ledger.tryReserve(call(60), NOON));
    const abort = new AbortController();
    const given = follow(Promise.resolve(lost.extendInTurn({ nanoUsd: 30 }, NOON, abort.signal)));
    abort.abort(new Error('gone'));
    await turn();
    expect(given.word).toBe('rejected');
    const more = follow(Promise.resolve(lost.extendInTurn({ nanoUsd: 30 }, NOON)));
    lost.release();
    await turn();
    expect(more.word).toBe('ok');
    expect(timers.size).toBe(0);
    expect(ledger.standings(NOON)[0]).toMatchObject({ reserved: { nanoUsd: 60 } });
  });
});

describe('abort', () => {
  test('takes the call out of the line, and lets those behind it go', async () => {
    const { ledger } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(50), NOON));
    const abort = new AbortController();
    const large = follow(ledger.reserve(call(90), NOON, abort.signal));
    const small = follow(ledger.reserve(call(10), NOON));
    await turn();
    expect([large.word, small.word]).toEqual(['waits', 'waits']);
    const reason = new Error('the caller went away');
    abort.abort(reason);
    await turn();
    expect([large.word, large.error, small.word]).toEqual(['rejected', reason, 'ok']);
  });

  test('stops the timer of the last one', async () => {
    const { ledger, timers } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(50), NOON));
    const abort = new AbortController();
    const large = follow(ledger.reserve(call(90), NOON, abort.signal));
    expect(timers.size).toBe(1);
    abort.abort();
    await turn();
    expect([large.word, timers.size]).toEqual(['rejected', 0]);
  });

  test('before the call would have to wait rejects, and after it went changes nothing', async () => {
    const { ledger } = makeLedger([TOTAL]);
    const abort = new AbortController();
    const first = follow(ledger.reserve(call(50), NOON, abort.signal));
    abort.abort();
    const second = follow(ledger.reserve(call(90), NOON, abort.signal));
    await turn();
    expect([first.word, second.word]).toEqual(['ok', 'rejected']);
    expect(ledger.standings(NOON)[0]).toMatchObject({ reserved: { nanoUsd: 50 } });
  });
});

describe('fairness', () => {
  test('a large call is not starved by a stream of small ones', async () => {
    const { ledger } = makeLedger([TOTAL]);
    const running: Reservation[] = [];
    for (let n = 0; n < 10; n++) running.push(admitted(ledger.tryReserve(call(10), NOON)));
    const large = follow(ledger.reserve(call(60), NOON));
    const small = Array.from({ length: 20 }, () => follow(ledger.reserve(call(10), NOON)));
    for (const reservation of running.slice(0, 6)) reservation.release();
    await turn();
    expect(large.word).toBe('ok');
    expect(small.every(({ word }) => word === 'waits')).toBe(true);
  });

  test('a small call that fits beside the large one goes at once', async () => {
    const { ledger } = makeLedger([TOTAL, { ...BY_TASK, limit: { usd: 50e-9 } }]);
    admitted(ledger.tryReserve(call(40, { task: 'T-1' }), NOON));
    const second = follow(ledger.reserve(call(20, { task: 'T-1' }), NOON));
    expect(wordOf(ledger.tryReserve(call(40, { task: 'T-2' }), NOON))).toBe('ok');
    expect(ledger.tryReserve(call(1, { task: 'T-2' }), NOON)).toBe('wait');
    await turn();
    expect(second.word).toBe('waits');
  });

  test('the head of the line blocks nobody who shares no account with it', () => {
    const { ledger } = makeLedger([BY_TASK]);
    admitted(ledger.tryReserve(call(80, { task: 'T-1' }), NOON));
    follow(ledger.reserve(call(50, { task: 'T-1' }), NOON));
    expect(wordOf(ledger.tryReserve(call(100, { task: 'T-2' }), NOON))).toBe('ok');
    expect(ledger.tryReserve(call(1, { task: 'T-1' }), NOON)).toBe('wait');
  });

  test('a call behind a large one goes once that has given up', async () => {
    const { ledger, timers } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(50), NOON));
    const large = follow(ledger.reserve(call(90), NOON));
    const small = follow(ledger.reserve(call(10), NOON + 9000));
    fire(timers);
    await turn();
    expect([large.word, small.word]).toEqual(['contended', 'ok']);
  });

  test('what a waiting call claims in a second account is given free when it is refused', async () => {
    const { ledger } = makeLedger(companyAndTask);
    const first = admitted(ledger.tryReserve(call(40, { task: 'T-1' }), NOON));
    const second = follow(ledger.reserve(call(50, { task: 'T-1' }), NOON));
    const other = follow(ledger.reserve(call(50, { task: 'T-2' }), NOON));
    await turn();
    expect(other.word).toBe('waits');
    first.settle({ nanoUsd: 30 });
    await turn();
    expect([second.word, other.word]).toEqual(['too-large', 'ok']);
  });

  test('a later call that finds the account exhausted does not close it for one that waits already', async () => {
    const { ledger } = makeLedger([TOTAL]);
    admitted(ledger.tryReserve(call(50), NOON)).settle({ nanoUsd: 50 });
    const running = admitted(ledger.tryReserve(call(40), NOON));
    const waiting = follow(ledger.reserve(call(20), NOON));
    expect(wordOf(ledger.tryReserve(call(90, {}, 60), NOON))).toBe('exhausted');
    running.settle({ nanoUsd: 30 });
    await turn();
    expect(waiting.word).toBe('ok');
    expect(wordOf(ledger.tryReserve(call(0, {}, 0), NOON))).toBe('exhausted');
  });

  test('calls go in the order in which they came', async () => {
    const { ledger } = makeLedger([TOTAL]);
    const running = admitted(ledger.tryReserve(call(100), NOON));
    const order: number[] = [];
    for (let n = 0; n < 5; n++) {
      void ledger.reserve(call(20), NOON + n).then(() => order.push(n));
    }
    running.release();
    await turn();
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('shrinking', () => {
  const shrinking = { ...TOTAL, limit: { usd: 10_000e-9 }, reserve: 'max' as const, shrink: true };

  /** 1,000 for the input and 1 for each output token: at least 256, at most `most`. */
  function capped(most: number, mayShrink = true) {
    return {
      ...call(0),
      expected: { nanoUsd: 1500, tokens: 600, calls: 1 },
      upper: { nanoUsd: 1000 + most, tokens: 100 + most, calls: 1 },
      lower: { nanoUsd: 1256, tokens: 356, calls: 1 },
      nanoUsdPerOutputToken: 1,
      mayShrink,
    };
  }

  test('sets the cap to what fits, and holds exactly that', () => {
    const { ledger } = makeLedger([shrinking]);
    expect(ledger.tryReserve(capped(100_000), NOON)).toMatchObject({ ok: true, outputCap: 9000 });
    expect(ledger.standings(NOON)[0]).toMatchObject({ reserved: { nanoUsd: 10_000 }, remaining: { nanoUsd: 0 } });
  });

  test('leaves a call alone that fits in full length', () => {
    const { ledger } = makeLedger([shrinking]);
    expect(ledger.tryReserve(capped(9000), NOON)).not.toHaveProperty('outputCap');
  });

  test('shortens nothing unless the budget and the call allow it', () => {
    expect(wordOf(makeLedger([{ ...shrinking, shrink: false }]).ledger.tryReserve(capped(9001), NOON))).toBe(
      'too-large',
    );
    expect(wordOf(makeLedger([shrinking]).ledger.tryReserve(capped(9001, false), NOON))).toBe('too-large');
    const withoutRate = { ...capped(9001), nanoUsdPerOutputToken: undefined };
    expect(wordOf(makeLedger([shrinking]).ledger.tryReserve(withoutRate, NOON))).toBe('too-large');
  });

  test('holds the shortened call in accounts that had room for more', () => {
    const { ledger } = makeLedger([
      shrinking,
      { ...TOTAL, name: 'large', limit: { usd: 1, tokens: 1e6 }, reserve: 'max' },
    ]);
    ledger.tryReserve(capped(100_000), NOON);
    expect(ledger.standings(NOON)[1]?.reserved).toEqual({ nanoUsd: 10_000, tokens: 9100 });
  });

  test('shortens for the account that has least, and by tokens where they are limited', () => {
    const { ledger } = makeLedger([shrinking, { ...shrinking, name: 'tokens', limit: { tokens: 700 } }]);
    expect(ledger.tryReserve(capped(100_000), NOON)).toMatchObject({ outputCap: 600 });
    expect(ledger.standings(NOON).map(({ reserved }) => reserved)).toEqual([{ nanoUsd: 1600 }, { tokens: 700 }]);
  });

  test('gives no answer below 256 tokens: it waits, and is refused when the money is gone', async () => {
    const { ledger } = makeLedger([shrinking]);
    const first = admitted(ledger.tryReserve(capped(7800), NOON));
    expect(ledger.tryReserve(capped(100_000), NOON)).toBe('wait');
    const second = follow(ledger.reserve(capped(100_000), NOON));
    first.settle({ nanoUsd: 8745 });
    await turn();
    expect(second.word).toBe('exhausted');
  });

  test('shortens at once a call that keeps the length it is expected to have', () => {
    const { ledger } = makeLedger([shrinking]);
    admitted(ledger.tryReserve(capped(5000), NOON));
    expect(ledger.tryReserve(capped(5000), NOON)).toMatchObject({ ok: true, outputCap: 500 });
  });

  test('lets a call wait for the length it is expected to have, and shortens it further when its time is up', async () => {
    const { ledger, timers } = makeLedger([shrinking]);
    admitted(ledger.tryReserve(capped(7600), NOON));
    const second = follow(ledger.reserve(capped(5000), NOON));
    await turn();
    expect(second.word).toBe('waits');
    fire(timers);
    await turn();
    expect(second.decision).toMatchObject({ ok: true, outputCap: 256 });
  });

  test('gives one of several a quarter of what is free, so that others can go too', async () => {
    const { ledger } = makeLedger([shrinking]);
    const first = admitted(ledger.tryReserve(capped(100_000), NOON));
    const others = Array.from({ length: 6 }, () => follow(ledger.reserve(capped(100_000), NOON)));
    first.settle({ nanoUsd: 1300 });
    await turn();
    expect(others.map(({ decision }) => decision?.ok && decision.outputCap)).toEqual([
      1175,
      631,
      500,
      500,
      500,
      undefined,
    ]);
    expect(others.at(-1)?.word).toBe('waits');
  });
});
