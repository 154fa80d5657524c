import { emptyUsage, type CallRecord, type Standing } from '@tollgate/core';
import type { TelemetryOptions } from './create-telemetry.ts';
import type { CallDetails, CallStart } from './telemetry.ts';

/** Every dimension has a value. */
export const AT = {
  agent: 'triager',
  task: 'T-1',
  taskType: 'triage',
  step: 'classify',
  user: 'u-1',
  session: 's-1',
  team: 'support',
};

/** A call that is about to be sent. */
export const START: CallStart = {
  id: 'call-1',
  operation: 'chat',
  provider: 'openai',
  requestModel: 'gpt-5',
  at: AT,
  params: { 'gen_ai.request.temperature': 0.5 },
  server: { address: 'api.openai.com', port: 443 },
  startedAt: Date.UTC(2026, 10, 24),
  foreign: undefined,
};

/** The same call when it is over: one retry, and tokens of several kinds. */
export const RECORD: CallRecord = {
  id: 'call-1',
  startedAt: START.startedAt,
  endedAt: START.startedAt + 1500,
  at: AT,
  provider: 'openai',
  requestModel: 'gpt-5',
  responseModel: 'gpt-5-2026-08-01',
  operation: 'chat',
  outcome: 'ok',
  attempts: 2,
  usage: { ...emptyUsage(), input: 100, cacheRead: 40, cacheWrite5m: 10, output: 30, reasoning: 20, audioIn: 5 },
  cost: {
    nanoUsd: 1_234_567,
    state: 'reported',
    origin: 'user',
    usage: emptyUsage(),
    breakdown: { input: 1_000_000, cacheRead: 4567, output: 200_000, reasoning: 30_000, tools: 0 },
    price: { id: 'openai/gpt-5', version: '2026-11-20' },
    flags: ['tier_unknown'],
  },
};

/** What its reply said of itself. */
export const DETAILS: CallDetails = {
  responseId: 'resp-1',
  finishReasons: ['stop'],
  timeToFirstChunk: 0.25,
  serviceTier: 'default',
  outputCap: 512,
  error: undefined,
  denial: undefined,
};

/** An account with nothing left. */
export const STANDING = {
  budget: 'agent-day',
  account: { agent: 'triager' },
  window: '2026-11-24',
  opensAt: START.startedAt,
  resetsAt: START.startedAt + 86_400_000,
  asOf: START.startedAt,
  reach: 'process',
  store: 'store-1',
  limit: { nanoUsd: 2_000_000_000, calls: 100 },
  spent: { nanoUsd: 1_999_999_999, calls: 3 },
  reserved: { nanoUsd: 1 },
  remaining: { nanoUsd: 0, calls: 97 },
  closed: true,
} as unknown as Standing;

/** The rest of what telemetry is made with: a process that counts for itself, without accounts. */
export const OPTIONS: Omit<TelemetryOptions, 'signals' | 'log'> = {
  serviceName: 'desk',
  metrics: 'process',
  semconv: 'latest',
  labels: [],
  standings: () => [],
  budgetFacts: () => ({ window: 'day', mode: 'enforce' }),
  oldestReservation: () => undefined,
  store: () => ({ id: 'store-1', up: true }),
  priceTable: { version: '2026-11-20', madeAt: Date.UTC(2026, 10, 20) },
  version: '0.1.0',
  configErrors: 0,
  now: () => START.startedAt,
};
