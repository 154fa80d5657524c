import { ConfigError, withAgent, type RegisterOptions, type Standing } from '@tollgate/otel';
import { expect, test, vi } from 'vitest';
import { ask, COST, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const TOKENS = USAGE.input + USAGE.output;
const NOON = Date.UTC(2026, 10, 24, 12);

test('a standing tells limit, spend and what is left in each unit that the budget limits', async () => {
  await using app = await startApp(
    {
      budgets: [
        { name: 'money', limit: { usd: 1 }, window: 'total' },
        { name: 'tokens', limit: { tokens: 50_000 }, window: 'total' },
        { name: 'calls', limit: { calls: 10 }, window: 'total' },
        { name: 'all', limit: { usd: 1, tokens: 50_000, calls: 10 }, window: 'total' },
      ],
    },
    { script: () => ({ usage: USAGE }) },
  );
  await ask(app);
  const money = { nanoUsd: COST };
  const used = { ...money, tokens: TOKENS, calls: 1 };
  expect(app.tollgate.budgets().map(({ budget, spent, remaining }) => ({ budget, spent, remaining }))).toEqual([
    { budget: 'money', spent: money, remaining: { nanoUsd: 1e9 - COST } },
    { budget: 'tokens', spent: { tokens: TOKENS }, remaining: { tokens: 50_000 - TOKENS } },
    { budget: 'calls', spent: { calls: 1 }, remaining: { calls: 9 } },
    { budget: 'all', spent: used, remaining: { nanoUsd: 1e9 - COST, tokens: 50_000 - TOKENS, calls: 9 } },
  ]);
  for (const standing of app.tollgate.budgets()) {
    expect(standing).toMatchObject({ reach: 'process', closed: false, window: 'total', account: {} });
    expect(standing.store).not.toBe('');
  }
});

test('what a call under way holds stands apart from what is spent', async () => {
  await using app = await startApp(
    { budgets: [{ name: 'b', limit: { usd: 1 }, window: 'total' }] },
    { script: () => ({ usage: USAGE }) },
  );
  const during: (Standing | undefined)[] = [];
  app.provider.onRequest(() => during.push(app.tollgate.budgets()[0]));
  await ask(app);
  const reserved = during[0]?.reserved.nanoUsd ?? 0;
  expect(reserved).toBeGreaterThanOrEqual(USAGE.output * 10_000);
  expect(during[0]).toMatchObject({ spent: { nanoUsd: 0 }, remaining: { nanoUsd: 1e9 - reserved } });
  expect(app.tollgate.budgets()[0]).toMatchObject({ spent: { nanoUsd: COST }, reserved: { nanoUsd: 0 } });
});

test('windows begin and end where their time zone says', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  await using app = await startApp({
    budgets: [
      { name: 'minute', limit: { calls: 1 }, window: 'minute' },
      { name: 'day', limit: { calls: 1 }, window: 'day', timeZone: 'Europe/Berlin' },
      { name: 'week', limit: { calls: 1 }, window: 'week', weekStart: 7 },
      { name: 'month', limit: { calls: 1 }, window: 'month', timeZone: 'Asia/Tokyo' },
      { name: 'rolling', limit: { calls: 1 }, window: { rolling: '24h' } },
      { name: 'total', limit: { calls: 1 }, window: 'total' },
    ],
  });
  const bounds = app.tollgate.budgets().map(({ budget, opensAt, resetsAt }) => [budget, iso(opensAt), iso(resetsAt)]);
  vi.useRealTimers();
  expect(bounds).toEqual([
    ['minute', '2026-11-24T12:00', '2026-11-24T12:01'],
    ['day', '2026-11-23T23:00', '2026-11-24T23:00'],
    ['week', '2026-11-22T00:00', '2026-11-29T00:00'],
    ['month', '2026-10-31T15:00', '2026-11-30T15:00'],
    ['rolling', '2026-11-23T12:00', '2026-11-25T12:00'],
    ['total', undefined, undefined],
  ]);
});

test('the next window lets calls through again', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  await using app = await startApp({ budgets: [{ name: 'day', limit: { calls: 1 }, window: 'day' }] });
  await ask(app);
  const first = await refusal(ask(app));
  expect(first.standing.resetsAt).toBe(Date.UTC(2026, 10, 25));
  vi.setSystemTime(first.standing.resetsAt ?? 0);
  await ask(app);
  expect(app.tollgate.budgets()).toMatchObject([{ spent: { calls: 1 }, opensAt: Date.UTC(2026, 10, 25) }]);
  vi.useRealTimers();
});

test('by splits a budget into accounts, and match limits it to the calls that it is for', async () => {
  await using app = await startApp({
    budgets: [{ name: 'agent', limit: { calls: 1 }, window: 'total', by: ['agent', 'model'], match: { agent: 'r*' } }],
  });
  await withAgent('reader', () => ask(app));
  await withAgent('writer', () => ask(app));
  await withAgent('writer', () => ask(app));
  expect(app.tollgate.budgets().map(({ account }) => account)).toEqual([{ agent: 'reader', model: 'gpt-4o' }]);
  const { standing } = await withAgent('reader', () => refusal(ask(app)));
  expect(standing.account).toEqual({ agent: 'reader', model: 'gpt-4o' });
  await withAgent('reader', () => ask(app, 'another model', { model: 'gpt-4o-mini' }));
});

test('a broken budget is shown with what is wrong while the others stay enforced', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const budgets = [
    { name: 'good', limit: { calls: 0 }, window: 'total' },
    { name: 'broken', limit: { calls: 1 }, window: 'fortnight' },
  ] as unknown as RegisterOptions['budgets'];
  await expect(startApp({ budgets })).rejects.toBeInstanceOf(ConfigError);
  await using app = await startApp({ budgets, onInvalid: 'skip' });
  expect(app.tollgate.budgets()).toMatchObject([
    { budget: 'good', limit: { calls: 0 } },
    { budget: 'broken', invalid: expect.stringContaining('window') as string },
  ]);
  expect(app.tollgate.budgets()[0]).not.toHaveProperty('invalid');
  expect((await refusal(ask(app))).standing.budget).toBe('good');
});

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString().slice(0, 16);
}
