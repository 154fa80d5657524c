import { withAgent } from '@tollgate/otel';
import { expect, test, vi } from 'vitest';
import { ask, COST, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const script = () => ({ usage: USAGE });
const NOON = Date.UTC(2026, 10, 24, 12);

test('budget.warning comes once per threshold and window', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  const budgets = [{ name: 'day', limit: { calls: 4 }, window: 'day' as const, warnAt: [0.5, 0.75] }];
  await using app = await startApp({ budgets }, { script });
  const days: number[][] = [];
  for (const day of [0, 1]) {
    vi.setSystemTime(NOON + day * 86_400_000);
    for (let call = 0; call < 4; call++) await ask(app);
    days.push(app.heard('budget.warning').map(({ threshold }) => threshold));
  }
  vi.useRealTimers();
  expect(days).toEqual([
    [0.5, 0.75],
    [0.5, 0.75, 0.5, 0.75],
  ]);
  expect(app.heard('budget.warning')[0]).toMatchObject({ budget: 'day', spent: { calls: 2 }, limit: { calls: 4 } });
});

test('budget.warning comes for each account by itself', async () => {
  const budgets = [{ name: 'b', limit: { calls: 2 }, window: 'total' as const, by: ['agent' as const], warnAt: [0.5] }];
  await using app = await startApp({ budgets }, { script });
  for (const agent of ['a', 'b', 'a']) await withAgent(agent, () => ask(app));
  expect(app.heard('budget.warning').map(({ account }) => account)).toEqual([{ agent: 'a' }, { agent: 'b' }]);
});

test('budget.exceeded comes with each refusal, and says what the error says', async () => {
  await using app = await startApp({ budgets: [{ name: 'b', limit: { calls: 1 }, window: 'total' }] }, { script });
  await ask(app);
  const errors = [await refusal(ask(app)), await refusal(ask(app))];
  expect(app.heard('budget.exceeded')).toEqual(errors.map(({ standing, reason }) => ({ ...standing, reason })));
});

test('budget.exceeded tells of what a budget that only warns lets through', async () => {
  await using app = await startApp(
    {
      budgets: [
        { name: 'warns', limit: { calls: 1 }, window: 'total', onExceed: 'warn' },
        { name: 'observes', limit: { calls: 1 }, window: 'total', mode: 'observe' },
      ],
    },
    { script },
  );
  await ask(app);
  await ask(app);
  expect(app.heard('budget.exceeded').map(({ budget, reason }) => [budget, reason])).toEqual([
    ['warns', 'exhausted'],
    ['observes', 'exhausted'],
  ]);
  expect(app.tollgate.budgets()).toMatchObject([{ spent: { calls: 2 } }, { spent: { calls: 2 } }]);
});

test('budget.overrun tells by how much a call without a cap has cost more than was reserved for it', async () => {
  const budgets = [{ name: 'b', limit: { usd: 0.5 }, window: 'total' as const }];
  await using app = await startApp({ budgets }, { script: () => ({ usage: { input: 10, output: 50_000 } }) });
  let reserved = 0;
  app.provider.onRequest(() => (reserved = app.tollgate.budgets()[0]?.reserved.nanoUsd ?? 0));
  await ask(app, 'write a novel', { max_tokens: null });
  const cost = app.provider.bill.nanoUsd;
  expect(app.heard('budget.overrun')).toMatchObject([
    { budget: 'b', spent: { nanoUsd: cost }, over: { nanoUsd: cost - reserved } },
  ]);
  expect(cost).toBeGreaterThan(reserved);
});

test('a call with a cap never overruns', async () => {
  const budgets = [{ name: 'b', limit: { usd: 0.5, tokens: 100_000 }, window: 'total' as const }];
  await using app = await startApp({ budgets });
  for (const prompt of ['short', 'a question about {"json": [1, 2, 3]}', 'これは質問です', '🙂'.repeat(50)]) {
    await ask(app, prompt);
    await app.anthropic.messages.create({
      model: 'claude-haiku-4-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: prompt }],
    });
  }
  expect(app.heard('budget.overrun')).toEqual([]);
});

test('unpriced names provider, model and reason, for a model and for a host that nobody knows', async () => {
  await using app = await startApp({}, { script });
  await ask(app, 'a question', { model: 'model-of-tomorrow' });
  expect(app.heard('unpriced')).toEqual([{ provider: 'openai', model: 'model-of-tomorrow', reason: 'unknown_model' }]);
  await using other = await startOnUnknownHost(app);
  await ask(other);
  expect(app.heard('unpriced').at(-1)).toEqual({ provider: 'unknown', model: 'gpt-4o', reason: 'no_provider' });
});

/** The app's client, sent to a host of no known provider. */
async function startOnUnknownHost({ openai }: { openai: Awaited<ReturnType<typeof startApp>>['openai'] }) {
  const { startProvider } = await import('@tollgate/provider-sim');
  const provider = await startProvider({ script });
  return {
    openai: openai.withOptions({ baseURL: provider.openaiBaseUrl }),
    [Symbol.asyncDispose]: () => provider.close(),
  };
}

test('call tells of every call: what it was, for whom, how it ended and what it cost', async () => {
  await using app = await startApp(
    { budgets: [{ name: 'b', limit: { calls: 2 }, window: 'total' }] },
    { script: ({ prompt }) => (prompt === 'bad' ? { fault: { kind: 'status', status: 400 } } : { usage: USAGE }) },
  );
  await withAgent('a', () => ask(app));
  await ask(app, 'bad').catch(() => undefined);
  await ask(app);
  await refusal(ask(app));
  expect(app.heard('call')).toMatchObject([
    { at: { agent: 'a' }, outcome: 'ok', attempts: 1, provider: 'openai', requestModel: 'gpt-4o', operation: 'chat' },
    { outcome: 'error', attempts: 1, cost: { nanoUsd: 0 } },
    { outcome: 'ok', cost: { nanoUsd: COST, state: 'reported' } },
    { outcome: 'denied', attempts: 0, refusal: 'exhausted', cost: { nanoUsd: 0 } },
  ]);
  expect(new Set(app.heard('call').map(({ id }) => id)).size).toBe(4);
});

test('a listener that throws or rejects disturbs nothing, and one that is taken off hears no more', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await using app = await startApp({}, { script });
  app.tollgate.on('call', () => {
    throw new Error('a bad listener');
  });
  const rejects = (): unknown => Promise.reject(new Error('a worse one'));
  app.tollgate.on('call', rejects);
  let heard = 0;
  const off = app.tollgate.on('call', () => (heard += 1));
  await ask(app);
  off();
  await ask(app);
  expect(heard).toBe(1);
  expect(app.heard('call')).toHaveLength(2);
});
