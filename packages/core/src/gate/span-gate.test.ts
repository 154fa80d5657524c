import { setImmediate as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Ledger } from '../budget/ledger/ledger.ts';
import { makeLedger, NOON } from '../budget/ledger/ledger-fixture.ts';
import { PriceTable } from '../pricing/price-table.ts';
import { OutputEstimator } from '../tokens/output-estimator.ts';
import { TokenEstimator } from '../tokens/token-estimator.ts';
import { emptyUsage } from '../usage.ts';
import { SpanGate, type SpanEnd, type SpanGateCall } from './span-gate.ts';

const prices = PriceTable.builtIn();

function gateOn(ledger: Ledger): SpanGate {
  return new SpanGate({
    ledger,
    prices: () => prices,
    inputs: new TokenEstimator({ pause }),
    outputs: new OutputEstimator(),
    unknownPrice: 'family',
    now: () => NOON,
  });
}

const span = {
  at: {},
  provider: 'openai',
  model: 'gpt-4o',
  operation: 'chat',
  outputCap: undefined,
  startedAt: NOON,
} as const;

// 8,192 input tokens, and as many of output or all 16,384 that the model has: $0.10 or $0.18.
test.each([
  { reserve: 'expected', fitting: 4 },
  { reserve: 'max', fitting: 2 },
] as const)(
  "a span for which only others leave no room is told so under reserve '$reserve', and so is the operator",
  (budget) => {
    const { reserve, fitting } = budget;
    const { ledger, told } = makeLedger([{ name: 'b', limit: { usd: 0.5 }, window: 'total', reserve }]);
    const gate = gateOn(ledger);
    for (let opened = 0; opened < fitting; opened++) expect(gate.admit(span).ok).toBe(true);
    const standing = { budget: 'b', closed: false };
    expect(gate.admit(span)).toMatchObject({ ok: false, reason: 'contended', standing });
    expect(told.exceeded).toMatchObject([[standing, 'contended']]);
    expect(told.decisions.at(-1)).toMatchObject({ decision: 'deny', reason: 'contended' });
  },
);

test('a span whose guessed input is more than what is left is refused, and leaves the account open to smaller calls', () => {
  const { ledger } = makeLedger([{ name: 'b', limit: { usd: 0.02 }, window: 'total' }]);
  const gate = gateOn(ledger);
  expect(gate.admit({ ...span, outputCap: 256 })).toMatchObject({ ok: false, reason: 'too-large' });
  expect(ledger.standings(NOON)).toMatchObject([{ closed: false }]);
});

test('a span is priced by the tier and the place that it tells, its answer before what was asked for', () => {
  const { ledger } = makeLedger([]);
  const gate = gateOn(ledger);
  const costOf = (call: Partial<SpanGateCall>, served: Partial<SpanEnd> = {}): number | undefined => {
    const admission = gate.admit({ ...span, ...call });
    const usage = { ...emptyUsage(), input: 1_000_000 };
    return admission.ok ? gate.settle(admission.hold, { usage, flags: [], ...served }, true).cost.nanoUsd : undefined;
  };
  const gpt = { model: 'gpt-5.5' };
  const [plain = 0, flex = 0] = [costOf(gpt), costOf({ ...gpt, serviceTier: 'flex' })];
  expect(flex).toBe(plain / 2);
  expect(costOf({ ...gpt, serviceTier: 'flex' }, { serviceTier: 'default' })).toBe(plain);
  expect(costOf(gpt, { serviceTier: 'nobody knows' })).toBeUndefined();
  const opus = { provider: 'anthropic', model: 'claude-opus-4-6' };
  expect(costOf(opus, { geo: 'us' })! / costOf(opus)!).toBeCloseTo(1.1);
  expect(costOf({ ...opus, address: 'localhost' })).toBe(costOf(opus));
  const azure = { ...gpt, provider: 'azure.ai.openai' };
  expect(costOf({ ...azure, address: 'my-team.openai.azure.com' })).toBe(costOf(azure));
});

test('a span with tools pays for them', () => {
  const { ledger } = makeLedger([]);
  const gate = gateOn(ledger);
  const admission = gate.admit({ ...span, model: 'gpt-5.5' });
  if (!admission.ok) throw new Error(admission.reason);
  const usage = { ...emptyUsage(), tools: { web_search: 3 } };
  expect(gate.settle(admission.hold, { usage, flags: [] }, true).cost.nanoUsd).toBe(30_000_000);
});
