import { setImmediate as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeLedger, NOON } from '../budget/ledger/ledger-fixture.ts';
import { PriceTable } from '../pricing/price-table.ts';
import { OutputEstimator } from '../tokens/output-estimator.ts';
import { TokenEstimator } from '../tokens/token-estimator.ts';
import { emptyUsage } from '../usage.ts';
import { anthropicMessages } from '../wire/anthropic-messages/anthropic-messages.ts';
import type { ReplyFacts } from '../wire/wire.ts';
import { Gate, type GateParts } from './gate.ts';
import type { GateCall } from './gate-call.ts';
import type { Hold } from './hold.ts';
import type { Settlement } from './settle.ts';
import { SpanGate } from './span-gate.ts';

// Per million tokens: Opus 4.8 takes $5 and $25; a Sonnet of tomorrow is assumed to be the dearest Sonnet.
const OPUS_NANO = 100 * 5_000 + 10 * 25_000;

function partsOf(): GateParts {
  const { ledger } = makeLedger([{ name: 'all', limit: { usd: 5 }, window: 'total' }], { maxWaitMs: 0 });
  const table = PriceTable.builtIn();
  return {
    ledger,
    prices: () => table,
    inputs: new TokenEstimator({ pause }),
    outputs: new OutputEstimator(),
    unknownPrice: 'family',
    now: () => NOON,
  };
}

function callOf(model: string): GateCall {
  const body = { model, max_tokens: 300, messages: [{ role: 'user', content: 'hello there' }] };
  const facts = anthropicMessages.readRequest('chat', body)!;
  const reach = { at: {}, provider: 'anthropic', priced: true, baseUrl: undefined, mayChange: true, startedAt: NOON };
  return { ...reach, wire: anthropicMessages, operation: 'chat', facts, body };
}

/** Usage of 1,000 + 0 tokens, and of work that other models did for it; `''` is the call's own. */
function usageWith(...models: string[]): object {
  const iterations = models.map((model) => {
    return { type: 'advisor_message', ...(model !== '' && { model }), input_tokens: 100, output_tokens: 10 };
  });
  return { input_tokens: 1000, output_tokens: 0, iterations };
}

function settled(model: string, usage: object, usageFinal = true): Settlement {
  const gate = new Gate(partsOf());
  const call = callOf(model);
  const admission = gate.admit(call) as { ok: true; hold: Hold };
  const said = { id: 'r', model, finishReasons: [], outputLength: 0, context: {}, pending: false };
  const reply: ReplyFacts = { ...said, usage, usageFinal, complete: usageFinal };
  return gate.settle(call, admission.hold, { reply, billed: true, unknownAttempts: 0, ranMs: 0 });
}

describe('work that other models did for a call', () => {
  it('is in what a model of tomorrow is assumed to cost, its own model included', () => {
    const alone = settled('claude-sonnet-99', usageWith()).assumedNanoUsd!;
    const advised = settled('claude-sonnet-99', usageWith('claude-opus-4-8')).assumedNanoUsd!;
    const compacted = settled('claude-sonnet-99', usageWith('')).assumedNanoUsd!;
    expect(alone).toBeGreaterThan(0);
    expect(advised - alone).toBe(OPUS_NANO);
    expect(compacted).toBeGreaterThan(alone);
  });

  it('has no cost where its model has no price, and is assumed to be the dearest of its family', () => {
    const { cost, assumedNanoUsd } = settled('claude-opus-4-8', usageWith('claude-opus-99'));
    expect(cost).toMatchObject({ nanoUsd: undefined, state: 'unknown', flags: ['unknown_model'] });
    expect(assumedNanoUsd).toBeGreaterThanOrEqual(1000 * 5_000 + OPUS_NANO);
  });

  it('is in the estimate of a stream that breaks off', () => {
    const { cost } = settled('claude-opus-4-8', usageWith('claude-opus-4-8', ''), false);
    expect(cost).toMatchObject({ nanoUsd: 1000 * 5_000 + 2 * OPUS_NANO, state: 'estimated' });
  });

  it('is in the price of a span, and in what is assumed of one', () => {
    const parts = partsOf();
    const gate = new SpanGate(parts);
    const usage = (model: string): ReturnType<typeof emptyUsage> => {
      return {
        ...emptyUsage(),
        input: 1000,
        subCalls: [{ model, usage: { ...emptyUsage(), input: 100, output: 10 } }],
      };
    };
    const price = (model: string, subModel: string): Settlement => {
      const reach = { at: {}, provider: 'anthropic', outputCap: 300, startedAt: NOON };
      const admission = gate.admit({ ...reach, model, operation: 'chat' });
      if (!admission.ok) throw new Error(admission.reason);
      return gate.settle(admission.hold, { usage: usage(subModel), flags: [] }, true);
    };
    expect(price('claude-opus-4-8', '').cost.nanoUsd).toBe(1000 * 5_000 + OPUS_NANO);
    expect(price('claude-sonnet-99', '').assumedNanoUsd).toBeGreaterThan(0);
    expect(price('claude-opus-4-8', 'claude-opus-99').assumedNanoUsd).toBeGreaterThanOrEqual(1000 * 5_000 + OPUS_NANO);
  });
});
