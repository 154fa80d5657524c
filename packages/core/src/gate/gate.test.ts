import { setImmediate as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { HOUR, makeLedger, NOON } from '../budget/ledger/ledger-fixture.ts';
import type { BudgetSpec } from '../budget/spec/budget-spec.ts';
import type { Ledger } from '../budget/ledger/ledger.ts';
import { PriceTable } from '../pricing/price-table.ts';
import { OutputEstimator } from '../tokens/output-estimator.ts';
import { TokenEstimator } from '../tokens/token-estimator.ts';
import { openaiChat } from '../wire/openai-chat/openai-chat.ts';
import type { ReplyFacts } from '../wire/wire.ts';
import { Gate, type UnknownPrice } from './gate.ts';
import type { GateCall } from './gate-call.ts';
import type { Admission, Hold } from './hold.ts';

const prices = PriceTable.builtIn();

function setUp(
  budget: Partial<BudgetSpec> = {},
  unknownPrice: UnknownPrice = 'family',
  now: () => number = () => NOON,
  maxWaitMs: number = 0,
): { gate: Gate; ledger: Ledger } {
  const { ledger } = makeLedger([{ name: 'all', limit: { usd: 5 }, window: 'total', ...budget }], {
    maxWaitMs,
    denyUnpriced: unknownPrice === 'deny',
  });
  const parts = {
    prices: () => prices,
    inputs: new TokenEstimator({ pause }),
    outputs: new OutputEstimator(),
    now,
  };
  return { gate: new Gate({ ...parts, ledger, unknownPrice }), ledger };
}

function callOf(body: object, more: Partial<GateCall> = {}): GateCall {
  const request = { model: 'gpt-4o', messages: [{ role: 'user', content: 'hello there' }], ...body };
  const facts = openaiChat.readRequest('chat', request);
  if (facts === undefined) throw new Error('no request');
  return {
    at: {},
    provider: 'openai',
    priced: true,
    baseUrl: undefined,
    wire: openaiChat,
    operation: 'chat',
    facts,
    body: request,
    mayChange: true,
    startedAt: NOON,
    ...more,
  };
}

function holdOf(admission: Admission): Hold {
  if (!admission.ok) throw new Error(`refused: ${admission.reason}`);
  return admission.hold;
}

function replyOf(usage: unknown, more: Partial<ReplyFacts> = {}): ReplyFacts {
  const base = {
    id: 'r',
    model: 'gpt-4o-2024-08-06',
    finishReasons: ['stop'],
    usageFinal: true,
    outputLength: 0,
    complete: true,
    pending: false,
  };
  return { ...base, usage, context: { api: 'chat.completions' }, ...more };
}

const billed = { billed: true, unknownAttempts: 0, ranMs: 0 };
const usage = { prompt_tokens: 1000, completion_tokens: 300, total_tokens: 1300 };

test('a capped call is held by its cap, and charged by what the provider reports', async () => {
  const { gate, ledger } = setUp();
  const call = callOf({ max_tokens: 300 });
  const hold = holdOf(await gate.admit(call));
  const reserved = ledger.standings(NOON)[0]?.reserved.nanoUsd ?? 0;
  // 300 output tokens at $10 per million, and an input of eleven characters.
  expect(reserved).toBeGreaterThan(300 * 10_000);
  expect(reserved).toBeLessThan(300 * 10_000 + 100 * 2_500);
  const { cost, assumedNanoUsd } = gate.settle(call, hold, { reply: replyOf(usage), ...billed });
  expect(cost).toMatchObject({ nanoUsd: 1000 * 2_500 + 300 * 10_000, state: 'reported' });
  expect(assumedNanoUsd).toBeUndefined();
  expect(ledger.standings(NOON)).toMatchObject([{ spent: { nanoUsd: 5_500_000 }, reserved: { nanoUsd: 0 } }]);
});

test('a call whose bound would cross the limit is counted, and fits', async () => {
  const text = 'the quick brown fox jumps over the lazy dog '.repeat(500);
  const body = { max_tokens: 256, messages: [{ role: 'user', content: text }] };
  // 4,500 tokens at $2.50 per million are 11.3 million nano-USD; three bytes a character would be 165 million.
  const { gate } = setUp({ limit: { usd: 0.016 } });
  const hold = holdOf(await gate.admit(callOf(body)));
  expect(hold.input.basis).toBe('count');
  expect(hold.input.tokens).toBeGreaterThan(4400);
  expect(hold.input.tokens).toBeLessThan(4700);
});

test('no text is counted where even the bound fits, and the answer comes at once', () => {
  const { gate } = setUp();
  const admission = gate.admit(callOf({ max_tokens: 256 }));
  expect(admission).not.toBeInstanceOf(Promise);
  expect(holdOf(admission as Admission).input.basis).toBe('length');
});

test('the bound of a model that is not known yet is not held where others would have to wait for it', async () => {
  const text = 'the quick brown fox jumps over the lazy dog '.repeat(100);
  // The bound is 13,200 tokens or $0.033, and ten of them are more than what is there; the count is some 900.
  const { gate } = setUp({ limit: { usd: 0.2 } });
  const hold = holdOf(await gate.admit(callOf({ max_tokens: 256, messages: [{ role: 'user', content: text }] })));
  expect(hold.input.basis).toBe('count');
  expect(hold.need.expected.tokens).toBeLessThan(1300);
});

test('a model of tomorrow runs, is charged as its dearest relative, and is reported as unpriced', async () => {
  const { gate, ledger } = setUp();
  const call = callOf({ model: 'gpt-99-ultra', max_tokens: 300 });
  const hold = holdOf(await gate.admit(call));
  const { cost, assumedNanoUsd } = gate.settle(call, hold, {
    reply: replyOf(usage, { model: 'gpt-99-ultra' }),
    ...billed,
  });
  expect(cost).toMatchObject({ nanoUsd: undefined, state: 'unknown', flags: ['unknown_model'] });
  expect(assumedNanoUsd).toBeGreaterThan(5_500_000);
  expect(ledger.standings(NOON)[0]?.spent.nanoUsd).toBe(assumedNanoUsd);
});

test('a local server runs under a budget in USD, free and reported as unpriced', async () => {
  const { gate, ledger } = setUp();
  const call = callOf({ model: 'llama-4' }, { provider: 'unknown', priced: false });
  const { cost, assumedNanoUsd } = gate.settle(call, holdOf(await gate.admit(call)), {
    reply: replyOf(usage),
    ...billed,
  });
  expect(cost).toMatchObject({ nanoUsd: undefined, state: 'unknown', flags: ['no_provider'] });
  expect(assumedNanoUsd).toBeUndefined();
  expect(ledger.standings(NOON)[0]?.spent).toEqual({ nanoUsd: 0 });
});

test.each([
  ['deny', false],
  ['allow-unpriced', true],
] as const)('with unknownPrice %s a model of tomorrow is let through: %s', async (policy, isLetThrough) => {
  const { gate } = setUp({}, policy);
  const admission = await gate.admit(callOf({ model: 'gpt-99-ultra' }));
  expect(admission).toMatchObject(isLetThrough ? { ok: true } : { ok: false, reason: 'unpriced' });
});

test('a stream that breaks off is charged with its input and the text that came', async () => {
  const { gate } = setUp();
  const call = callOf({ max_tokens: 300 });
  const hold = holdOf(await gate.admit(call));
  const reply = replyOf(undefined, { usageFinal: false, complete: false, outputLength: 400 });
  const { cost } = gate.settle(call, hold, { reply, ...billed });
  expect(cost.state).toBe('estimated');
  expect(cost.usage.output).toBeGreaterThan(80);
  expect(cost.usage.output).toBeLessThan(130);
  expect(cost.usage.input).toBe(hold.input.tokens);
});

test('a model that thought in silence until it was aborted is charged by the time, up to its cap', async () => {
  const { gate } = setUp();
  const call = callOf({ max_tokens: 300 });
  const settled = (ranMs: number, hold: Hold): number =>
    gate.settle(call, hold, { ...billed, reply: undefined, ranMs }).cost.usage.output;
  expect(settled(2_000, holdOf(await gate.admit(call)))).toBe(160);
  expect(settled(600_000, holdOf(await gate.admit(call)))).toBeLessThanOrEqual(400);
});

test('a request that cannot be changed is refused, and not held for less than it may cost', async () => {
  const { gate } = setUp({ limit: { usd: 0.004 }, shrink: true });
  const body = { max_tokens: 4_000 };
  expect(holdOf(await gate.admit(callOf(body))).outputCap).toBeLessThan(400);
  const other = setUp({ limit: { usd: 0.004 }, shrink: true });
  expect(await other.gate.admit(callOf(body, { mayChange: false }))).toMatchObject({ ok: false, reason: 'too-large' });
});

test('attempts that were lost are charged with their input, beside the one that was answered', async () => {
  const { gate } = setUp();
  const call = callOf({ max_tokens: 300 });
  const hold = holdOf(await gate.admit(call));
  const { cost } = gate.settle(call, hold, { reply: replyOf(usage), billed: true, unknownAttempts: 2, ranMs: 0 });
  expect(cost.usage.input).toBe(1000 + 2 * hold.input.tokens);
  expect(cost.state).toBe('estimated');
});

test('a call that was never billed costs nothing, and its reservation is given back', async () => {
  const { gate, ledger } = setUp();
  const call = callOf({ max_tokens: 300 });
  const { cost } = gate.settle(call, holdOf(await gate.admit(call)), {
    reply: undefined,
    billed: false,
    unknownAttempts: 0,
    ranMs: 5,
  });
  expect(cost.nanoUsd).toBe(0);
  expect(ledger.standings(NOON)).toMatchObject([{ spent: { nanoUsd: 0 }, reserved: { nanoUsd: 0 } }]);
});

test('another attempt after a lost one needs room for both', async () => {
  const { gate } = setUp({ limit: { usd: 0.005 } });
  const call = callOf({ max_tokens: 300 });
  const hold = holdOf(await gate.admit(call));
  expect(gate.admitAgain(hold, false)).toMatchObject({ ok: true });
  expect(gate.admitAgain(hold, true)).toMatchObject({ ok: false });
});

test('another attempt waits for others where they alone stand in its way', async () => {
  const call = callOf({ max_tokens: 300 });
  const { nanoUsd = 0 } = holdOf(await setUp().gate.admit(call)).need.expected;
  const { gate } = setUp({ limit: { usd: Math.floor(nanoUsd * 2.5) / 1e9 } }, 'family', () => NOON, 10_000);
  const [hold, other] = [holdOf(await gate.admit(call)), holdOf(await gate.admit(call))];
  expect(gate.admitAgain(hold, false)).toEqual({ ok: true, hold });
  const retry = gate.admitAgain(hold, true);
  expect(retry).toBeInstanceOf(Promise);
  other.reservation.release();
  expect(await retry).toEqual({ ok: true, hold });
});

test('another attempt is no other call, not even after a lost one', async () => {
  const { gate, ledger } = setUp({ limit: { calls: 1 } });
  const hold = holdOf(await gate.admit(callOf({ max_tokens: 300 })));
  expect(gate.admitAgain(hold, true)).toMatchObject({ ok: true });
  expect(ledger.standings(NOON)).toMatchObject([{ reserved: { calls: 1 } }]);
});

test('another attempt is judged by its own time', async () => {
  let now = NOON;
  const { gate, ledger } = setUp({}, 'family', () => now);
  const hold = holdOf(await gate.admit(callOf({ max_tokens: 300 })));
  ledger.control.pause({}, { by: 'ops', for: '1h' }, NOON);
  expect(gate.admitAgain(hold, false)).toMatchObject({ ok: false, reason: 'paused' });
  now += HOUR;
  expect(gate.admitAgain(hold, false)).toMatchObject({ ok: true });
});

test('an answer under another name is priced by it, or by the name that was asked for', async () => {
  const { gate } = setUp();
  const call = callOf({ model: 'gpt-4o' });
  const price = async (model: string): Promise<number | undefined> =>
    gate.settle(call, holdOf(await gate.admit(call)), { reply: replyOf(usage, { model }), ...billed }).cost.nanoUsd;
  expect(await price('gpt-4o-mini-2024-07-18')).toBe(1000 * 150 + 300 * 600);
  expect(await price('my-deployment')).toBe(5_500_000);
});

test.each(['o5', 'o9-mini', 'omega-1', 'nova-chat'])('%s, a model of tomorrow, runs under $5', async (model) => {
  const { gate, ledger } = setUp();
  const prompt = 'tomorrow it will rain in places '.repeat(250);
  holdOf(await gate.admit(callOf({ model, messages: [{ role: 'user', content: prompt }] })));
  const reserved = ledger.standings(NOON)[0]?.reserved.nanoUsd ?? 0;
  expect(reserved).toBeGreaterThan(0);
  expect(reserved).toBeLessThan(2e9);
});
