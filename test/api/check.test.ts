import { ConfigError, withAgent } from '@tollgate/otel';
import { expect, test } from 'vitest';
import { ask, COST, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const budgets = [{ name: 'agent', limit: { usd: 0.01 }, window: 'day' as const, by: ['agent' as const] }];
const script = () => ({ usage: USAGE });

test('work that fits is allowed, and asking reserves nothing', async () => {
  await using app = await startApp({ budgets }, { script });
  const { tollgate } = app;
  for (let again = 0; again < 5; again++) {
    expect(await tollgate.check({ agent: 'a' }, { usd: 0.008 })).toEqual({ allowed: true });
  }
  expect(tollgate.budgets()).toEqual([]);
  await withAgent('a', () => ask(app));
  expect(tollgate.budgets()).toMatchObject([{ spent: { nanoUsd: COST }, reserved: { nanoUsd: 0 } }]);
  expect(app.heard('budget.exceeded')).toEqual([]);
});

test('work that does not fit is told why, by which budget and how it stands', async () => {
  await using app = await startApp({ budgets }, { script });
  await withAgent('a', () => ask(app));
  const { tollgate } = app;
  const left = 0.01 - COST / 1e9;
  expect(await tollgate.check({ agent: 'a' }, { usd: left })).toEqual({ allowed: true });
  expect(await tollgate.check({ agent: 'a' }, { usd: left + 1e-9 })).toMatchObject({
    allowed: false,
    reason: 'too-large',
    standing: { budget: 'agent', account: { agent: 'a' }, spent: { nanoUsd: COST } },
  });
  expect(await tollgate.check({ agent: 'a' }, { usd: 0.02 })).toMatchObject({ allowed: false, reason: 'too-large' });
  expect(await tollgate.check({ agent: 'b' }, { usd: 0.01 })).toEqual({ allowed: true });
});

test('tokens and calls can be asked for, and every budget that matches is asked', async () => {
  const limits = [
    { name: 'calls', limit: { calls: 2 }, window: 'total' as const },
    { name: 'tokens', limit: { tokens: 5_000 }, window: 'total' as const, match: { agent: 'a' } },
  ];
  await using app = await startApp({ budgets: limits }, { script });
  const { tollgate } = app;
  expect(await tollgate.check({ agent: 'a' }, { calls: 2, tokens: 5_000 })).toEqual({ allowed: true });
  expect(await tollgate.check({ agent: 'a' }, { calls: 3 })).toMatchObject({ standing: { budget: 'calls' } });
  expect(await tollgate.check({ agent: 'a' }, { tokens: 5_001 })).toMatchObject({ standing: { budget: 'tokens' } });
  expect(await tollgate.check({ agent: 'b' }, { tokens: 5_001 })).toEqual({ allowed: true });
});

test('what others have reserved is a reason of its own, and a pause is another', async () => {
  await using app = await startApp({ budgets }, { script });
  const { tollgate } = app;
  const during = new Promise((resolve) => {
    app.provider.onRequest(() => resolve(tollgate.check({ agent: 'a' }, { usd: 0.01 })));
  });
  await withAgent('a', () => ask(app));
  expect(await during).toMatchObject({ allowed: false, reason: 'contended' });
  await tollgate.control.pause({ agent: 'a' }, { by: 'ops' });
  expect(await tollgate.check({ agent: 'a' }, { usd: 0 })).toMatchObject({
    allowed: false,
    reason: 'paused',
    standing: { paused: { by: 'ops' } },
  });
});

test('an account that has refused a call as exhausted allows nothing more', async () => {
  await using app = await startApp({ budgets }, { script });
  await withAgent('a', () => ask(app));
  await withAgent('a', () => ask(app));
  expect((await withAgent('a', () => refusal(ask(app, 'long '.repeat(2_000))))).reason).toBe('exhausted');
  expect(await app.tollgate.check({ agent: 'a' }, { usd: 0 })).toMatchObject({ allowed: false, reason: 'exhausted' });
});

test('a question with a typo in it is no yes', async () => {
  await using app = await startApp({ budgets }, { script });
  const { tollgate } = app;
  const questions = [
    tollgate.check({ agnet: 'a' } as object, { usd: 1 }),
    tollgate.check({ agent: 'a' }, { dollars: 1 } as object),
    tollgate.check({ agent: 'a' }, { usd: NaN, calls: -1 }),
  ];
  const paths = (await Promise.allSettled(questions)).map((result) => {
    const reason: unknown = result.status === 'rejected' ? result.reason : undefined;
    return reason instanceof ConfigError ? reason.issues.map(({ path }) => path) : reason;
  });
  expect(paths).toEqual([['at.agnet'], ['need.dollars'], ['need.usd', 'need.calls']]);
  expect(await tollgate.check({ agent: undefined }, { usd: 0.001 })).toEqual({ allowed: true });
});
