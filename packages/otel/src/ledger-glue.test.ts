import { expect, test, vi } from 'vitest';
import { createLedger } from '@tollgate/core/plugin';
import { createEvents } from './book/events.ts';
import { observeLedger } from './ledger-glue.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

test('every change of a rule is one line, with who made it and why', () => {
  const lines: string[] = [];
  const store = { id: 'store-1', reach: 'process' } as const;
  const events = createEvents(() => undefined);
  const telemetry = (): never => {
    throw new Error('no telemetry of it');
  };
  const { control } = createLedger({
    budgets: [],
    store,
    serviceName: 'bot',
    maxWaitMs: 0,
    mode: 'enforce',
    setTimer: () => () => undefined,
    observer: observeLedger(telemetry, events, store, (line) => lines.push(line)),
  });
  const ops = { by: 'ops' };
  control.set({ name: 'company-month', limit: { usd: 2000 }, window: 'month' }, ops, NOON);
  control.raise('company-month', { usd: 2500 }, { by: 'ops', why: 'incident 42', for: '24h' }, NOON);
  control.remove('company-month', { by: 'finance\u001b[2K\ntollgate: all is well' }, NOON);
  control.pause({}, ops, NOON);
  control.pause({ agent: 'research', task: 'T-1' }, { by: 'ops', why: 'a loop' }, NOON);
  control.resume({ agent: 'research', task: 'T-1' }, ops, NOON);
  expect(lines).toEqual([
    "budget 'company-month' set by ops",
    "budget 'company-month' raised by ops (incident 42)",
    "budget 'company-month' removed by finance?[2K?tollgate: all is well",
    'everything paused by ops',
    'agent=research task=T-1 paused by ops (a loop)',
    'agent=research task=T-1 resumed by ops',
  ]);
});

test('what observe mode would have refused is one line for like refusals', () => {
  const lines: string[] = [];
  const decided = vi.fn<(...args: unknown[]) => void>();
  const allowed = vi.fn<() => void>();
  const telemetry = { budgets: { decided, countersOf: () => ({ allowed }) } } as never;
  const store = { id: 'store-1', reach: 'process' } as const;
  const observer = observeLedger(
    () => telemetry,
    createEvents(() => undefined),
    store,
    (line) => lines.push(line),
  );
  const warned = {
    budget: 'day',
    account: { agent: 'bot' },
    decision: 'warn',
    reason: 'exhausted',
    mode: 'observe',
  } as const;
  observer.decision?.(warned);
  observer.decision?.(warned);
  observer.decision?.({ ...warned, decision: 'allow', reason: undefined });
  expect(lines).toEqual(["would have refused a call: budget 'day' (agent=bot), exhausted"]);
  expect(decided).toHaveBeenCalledTimes(2);
  expect(allowed).toHaveBeenCalledTimes(1);
});
