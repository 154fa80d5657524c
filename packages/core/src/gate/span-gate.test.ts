import { setImmediate as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeLedger, NOON } from '../budget/ledger-fixture.ts';
import { PriceTable } from '../pricing/price-table.ts';
import { OutputEstimator } from '../tokens/output-estimator.ts';
import { TokenEstimator } from '../tokens/token-estimator.ts';
import { SpanGate } from './span-gate.ts';

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
    const prices = PriceTable.builtIn();
    const gate = new SpanGate({
      ledger,
      prices: () => prices,
      inputs: new TokenEstimator({ pause }),
      outputs: new OutputEstimator(),
      unknownPrice: 'family',
      now: () => NOON,
    });
    for (let opened = 0; opened < fitting; opened++) expect(gate.admit(span).ok).toBe(true);
    const standing = { budget: 'b', closed: false };
    expect(gate.admit(span)).toMatchObject({ ok: false, reason: 'contended', standing });
    expect(told.exceeded).toMatchObject([[standing, 'contended']]);
    expect(told.decisions.at(-1)).toMatchObject({ decision: 'deny', reason: 'contended' });
  },
);

test('a span whose guessed input is more than what is left is refused, and leaves the account open to smaller calls', () => {
  const { ledger } = makeLedger([{ name: 'b', limit: { usd: 0.02 }, window: 'total' }]);
  const prices = PriceTable.builtIn();
  const gate = new SpanGate({
    ledger,
    prices: () => prices,
    inputs: new TokenEstimator({ pause }),
    outputs: new OutputEstimator(),
    unknownPrice: 'family',
    now: () => NOON,
  });
  expect(gate.admit({ ...span, outputCap: 256 })).toMatchObject({ ok: false, reason: 'too-large' });
  expect(ledger.standings(NOON)).toMatchObject([{ closed: false }]);
});
