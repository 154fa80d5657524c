import { BudgetExceededError, withAgent, type RegisterOptions } from '@tollgate/otel';
import { expect, test } from 'vitest';
import { ask, COST, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const script = () => ({ usage: USAGE });
const messages = [{ role: 'user' as const, content: 'a question' }];

test('a limit of 0 blocks every call that has a price, before anything is sent', async () => {
  await using app = await startApp({ budgets: [{ name: 'zero', limit: { usd: 0 }, window: 'total' }] }, { script });
  const { openai, anthropic } = app;
  const calls: (() => Promise<unknown>)[] = [
    () => openai.chat.completions.create({ model: 'gpt-4o', messages }),
    () => openai.chat.completions.create({ model: 'gpt-4o', messages, stream: true }),
    () => openai.chat.completions.create({ model: 'model-of-tomorrow', messages }),
    () => openai.responses.create({ model: 'gpt-5-nano', input: 'a question', max_output_tokens: 16 }),
    () => openai.embeddings.create({ model: 'text-embedding-3-small', input: 'a text' }),
    () => anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 1, messages }),
  ];
  // The Anthropic SDK's stream helper wraps whatever is thrown.
  const helper = anthropic.messages.stream({ model: 'claude-haiku-4-5', max_tokens: 1, messages }).finalMessage();
  await expect(helper).rejects.toSatisfy((error) => BudgetExceededError.is(error));
  for (const call of calls) expect((await refusal(call())).reason).toBe('exhausted');
  expect(app.provider.requests.length + app.claude.requests.length).toBe(0);
});

test('a limit of 0 lets through what is free, and what is no call', async () => {
  const budgets: RegisterOptions['budgets'] = [{ name: 'zero', limit: { usd: 0 }, window: 'total' }];
  await using app = await startApp({ budgets, prices: [{ model: 'free', usdPerCall: 0 }] }, { script });
  await ask(app, 'a question', { model: 'free' });
  await app.openai.models.list();
  expect(app.provider.requests).toHaveLength(2);
});

test('no budget means no check', async () => {
  await using app = await startApp({}, { script });
  await Promise.all(Array.from({ length: 20 }, (_, n) => ask(app, `question ${n}`)));
  expect(app.tollgate.budgets()).toEqual([]);
  expect(app.told.filter(({ event }) => event !== 'call')).toEqual([]);
  expect(app.tollgate.usage()).toMatchObject([{ calls: 20, denied: 0, nanoUsd: 20 * COST }]);
});

test('of several budgets each must say yes, and a no of one reserves nothing in the others', async () => {
  const budgets: RegisterOptions['budgets'] = [
    { name: 'company', limit: { usd: 1 }, window: 'month' },
    { name: 'agent', limit: { calls: 1 }, window: 'day', by: ['agent'] },
    { name: 'tokens', limit: { tokens: 1_000_000 }, window: 'total' },
  ];
  await using app = await startApp({ budgets }, { script });
  await withAgent('a', () => ask(app));
  const error = await withAgent('a', () => refusal(ask(app)));
  expect(error.standing).toMatchObject({ budget: 'agent', account: { agent: 'a' } });
  const tokens = USAGE.input + USAGE.output;
  expect(app.tollgate.budgets()).toMatchObject([
    { budget: 'company', spent: { nanoUsd: COST }, reserved: { nanoUsd: 0 } },
    { budget: 'agent', spent: { calls: 1 }, reserved: { calls: 0 }, closed: true },
    { budget: 'tokens', spent: { tokens }, reserved: { tokens: 0 } },
  ]);
  await withAgent('b', () => ask(app));
  expect(app.tollgate.budgets()[0]).toMatchObject({ spent: { nanoUsd: 2 * COST } });
});

test('a call that fails costs nothing and gives its reservation back', async () => {
  await using app = await startApp(
    { budgets: [{ name: 'b', limit: { usd: 0.01, calls: 1 }, window: 'total' }] },
    { script: ({ prompt }) => (prompt === 'bad' ? { fault: { kind: 'status', status: 400 } } : { usage: USAGE }) },
  );
  for (const prompt of ['bad', 'bad']) await ask(app, prompt).catch(() => undefined);
  expect(app.tollgate.budgets()).toMatchObject([
    { spent: { nanoUsd: 0, calls: 0 }, reserved: { nanoUsd: 0, calls: 0 } },
  ]);
  await ask(app);
  expect(app.provider.requests).toHaveLength(3);
});

test('a call without a value for a dimension is skipped, shares an account or is refused, as the budget says', async () => {
  const shared = { limit: { calls: 1 }, window: 'total' as const, by: ['team' as const] };
  const budgets: RegisterOptions['budgets'] = [
    { ...shared, name: 'skips' },
    { ...shared, name: 'shares', missing: 'share' },
  ];
  await using app = await startApp({ budgets }, { script });
  await ask(app);
  expect(app.tollgate.budgets()).toMatchObject([
    { budget: 'shares', account: { team: '(none)' }, spent: { calls: 1 } },
  ]);
  await app.tollgate.control.set({ ...shared, name: 'denies', missing: 'deny' }, { by: 'ops' });
  await app.tollgate.control.remove('shares', { by: 'ops' });
  const error = await refusal(ask(app));
  expect(error).toMatchObject({ reason: 'untagged', standing: { budget: 'denies' } });
  expect(error.message).toContain('Set team where the call is made');
});

test('a cap that does not fit is lowered where the budget may shorten answers, and only there', async () => {
  const limit = { usd: 0.01 };
  await using app = await startApp(
    { budgets: [{ name: 'b', limit, window: 'total', shrink: true }] },
    { script: () => ({ usage: { input: 10, output: 50 } }) },
  );
  await ask(app, 'a question', { max_tokens: 4_000 });
  const [request] = app.provider.requests;
  expect(request?.body?.['max_tokens']).toBeGreaterThan(256);
  expect(request?.body?.['max_tokens']).toBeLessThan(1_000);
  await app.tollgate.control.set({ name: 'b', limit, window: 'total' }, { by: 'ops' });
  expect((await refusal(ask(app, 'a question', { max_tokens: 4_000 }))).reason).toBe('too-large');
});
