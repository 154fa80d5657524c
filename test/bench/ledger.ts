import { costOf } from '@tollgate/core';
import { parseBudgets } from '@tollgate/core/config';
import { createLedger, type Need } from '@tollgate/core/plugin';
import { CHUNK } from './chunk.ts';
import type { Row } from './row.ts';
import { interleave, median, ratio, times, type Samples } from './statistics.ts';

const AT = { team: 'support', agent: 'triager', task: 'T-1', model: 'gpt-5', provider: 'openai' };

const BUDGETS = [
  { name: 'company-month', limit: { usd: 5_000_000 }, window: 'month', timeZone: 'Europe/Berlin' },
  { name: 'agent-day', limit: { usd: 5_000_000 }, window: 'day', by: ['agent'], warnAt: [0.8] },
  { name: 'one-task', limit: { usd: 5_000_000, calls: 1_000_000_000 }, window: 'total', by: ['task'] },
  { name: 'all-tokens', limit: { tokens: 1_000_000_000_000 }, window: { rolling: '24h' } },
];

const NEED: Need = {
  at: AT,
  expected: { nanoUsd: 4_000_000, tokens: 9_000, calls: 1 },
  upper: { nanoUsd: 9_000_000, tokens: 20_000, calls: 1 },
  lower: { nanoUsd: 900_000, tokens: 1_100, calls: 1 },
  nanoUsdPerOutputToken: 10_000,
  cappedAnswers: 1,
  mayShrink: true,
};

const USED = { nanoUsd: 3_000_000, tokens: 1_507, calls: 1 };

const USAGE = {
  prompt_tokens: 1207,
  completion_tokens: 300,
  total_tokens: 1507,
  prompt_tokens_details: { cached_tokens: 640, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 64, audio_tokens: 0 },
};

const PER_SAMPLE = 20_000;

/** What a price and a reservation cost, against a J. */
export function benchLedger(rounds: number): Row[] {
  let now = Date.UTC(2026, 10, 24, 9);
  const ledger = createLedger({
    budgets: parseBudgets(BUDGETS).budgets,
    store: { id: 'bench', reach: 'process' },
    serviceName: 'bench',
    maxWaitMs: 10_000,
    mode: 'enforce',
    setTimer: () => () => {},
  });
  const samples = interleave(rounds, {
    J: times(PER_SAMPLE, () => JSON.parse(CHUNK)),
    price: times(PER_SAMPLE, () => costOf({ provider: 'openai', model: 'gpt-5', usage: USAGE, at: now })),
    reserve: times(PER_SAMPLE, () => {
      now += 1;
      const decision = ledger.tryReserve(NEED, now);
      if (typeof decision === 'object' && decision.ok) decision.reservation.settle(USED);
    }),
  });
  return [
    rowOf('costOf of a provider’s usage object', samples, 'price'),
    rowOf('reserve and settle over 4 accounts', samples, 'reserve'),
  ];
}

function rowOf(name: string, samples: Samples<'J' | 'price' | 'reserve'>, work: 'price' | 'reserve'): Row {
  const micros = median(samples[work]) / PER_SAMPLE;
  return { name, measured: `${micros.toFixed(2)} µs`, value: ratio(samples[work], samples.J), unit: 'J', mark: 1.5 };
}
