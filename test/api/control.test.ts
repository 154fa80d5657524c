import { ConfigError, withAgent, withTask } from '@tollgate/otel';
import { expect, test, vi } from 'vitest';
import { ask, COST, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const ops = { by: 'ops' };
const script = () => ({ usage: USAGE });
const HOUR = 3_600_000;

test('a budget that is set is in force at once, and gone when it is removed', async () => {
  await using app = await startApp({}, { script });
  const { control } = app.tollgate;
  await ask(app);
  await control.set({ name: 'stop', limit: { usd: 0 }, window: 'total' }, ops);
  expect((await refusal(ask(app))).standing.budget).toBe('stop');
  await control.remove('stop', ops);
  await ask(app);
  expect(app.tollgate.budgets()).toEqual([]);
  expect(app.provider.requests).toHaveLength(2);
});

test('a budget that is set again keeps its spend', async () => {
  await using app = await startApp({ budgets: [{ name: 'b', limit: { usd: 1 }, window: 'day' }] }, { script });
  await ask(app);
  await app.tollgate.control.set({ name: 'b', limit: { usd: COST / 1e9 }, window: 'day' }, ops);
  expect(app.tollgate.budgets()).toMatchObject([{ limit: { nanoUsd: COST }, spent: { nanoUsd: COST } }]);
  expect((await refusal(ask(app))).reason).toBe('exhausted');
});

test('a raise opens an exhausted account', async () => {
  await using app = await startApp({ budgets: [{ name: 'b', limit: { calls: 1 }, window: 'day' }] }, { script });
  await ask(app);
  await refusal(ask(app));
  expect(app.tollgate.budgets()).toMatchObject([{ closed: true }]);
  await app.tollgate.control.raise('b', { calls: 2 }, ops);
  expect(app.tollgate.budgets()).toMatchObject([{ closed: false, limit: { calls: 2 } }]);
  await ask(app);
  expect((await refusal(ask(app))).reason).toBe('exhausted');
  expect(app.provider.requests).toHaveLength(2);
});

test('a raise for an hour closes the account again when that is over', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24, 12) });
  await using app = await startApp({ budgets: [{ name: 'b', limit: { calls: 1 }, window: 'day' }] }, { script });
  await ask(app);
  await app.tollgate.control.raise('b', { calls: 10 }, { ...ops, for: '1h' });
  await ask(app);
  vi.setSystemTime(Date.now() + HOUR - 1);
  await ask(app);
  vi.setSystemTime(Date.now() + 1);
  const { standing } = await refusal(ask(app));
  vi.useRealTimers();
  expect(standing).toMatchObject({ limit: { calls: 1 }, spent: { calls: 3 } });
  expect(app.provider.requests).toHaveLength(3);
});

test("a paused agent's next call is refused before anything is sent, and others go on", async () => {
  await using app = await startApp({}, { script });
  const { control } = app.tollgate;
  await control.pause({ agent: 'reader' }, ops);
  const error = await withAgent('reader', () => refusal(ask(app)));
  expect(error).toMatchObject({ reason: 'paused', standing: { account: { agent: 'reader' }, paused: { by: 'ops' } } });
  expect(error.message).toContain('Paused by ops (agent=reader)');
  expect(app.provider.requests).toHaveLength(0);
  await withAgent('writer', () => ask(app));
  await control.resume({ agent: 'reader' }, ops);
  await withAgent('reader', () => ask(app));
  expect(app.provider.requests).toHaveLength(2);
});

test('a pause does not cut off the call that is under way', async () => {
  await using app = await startApp({}, { script: () => ({ usage: USAGE, paceMs: 1 }) });
  app.provider.onRequest(() => void app.tollgate.control.pause({ task: 'T-1' }, ops));
  const [first, second] = await withTask('T-1', async () => [await ask(app), await refusal(ask(app))] as const);
  expect(first.usage?.prompt_tokens).toBe(USAGE.input);
  expect(second.reason).toBe('paused');
  expect(app.tollgate.usage({ by: ['task'] })).toMatchObject([{ calls: 1, denied: 1, nanoUsd: COST }]);
});

test('a pause for a minute lifts itself, and a pause of everything stops every call', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24, 12) });
  await using app = await startApp({}, { script });
  await app.tollgate.control.pause({}, { ...ops, for: '1m' });
  const until = Date.now() + 60_000;
  expect((await refusal(ask(app))).standing.paused).toEqual({ by: 'ops', until });
  expect((await refusal(app.anthropic.messages.create(QUESTION))).reason).toBe('paused');
  vi.setSystemTime(until);
  await ask(app);
  vi.useRealTimers();
  expect(app.provider.requests).toHaveLength(1);
});

const QUESTION = {
  model: 'claude-haiku-4-5',
  max_tokens: 50,
  messages: [{ role: 'user' as const, content: 'a question' }],
};

test('a pause stops the calls that wait, at once', async () => {
  const budgets = [{ name: 'b', limit: { usd: 0.0015 }, window: 'total' as const }];
  await using app = await startApp({ budgets }, { script: () => ({ usage: USAGE, paceMs: 2 }) });
  const order: string[] = [];
  const note = (what: string) => (): void => void order.push(what);
  const early = withAgent('early', () => ask(app)).then(note('early has its answer'));
  const late = withAgent('late', () => refusal(ask(app))).finally(note('late is refused'));
  await vi.waitFor(() => expect(app.provider.requests).toHaveLength(1));
  note('pause')();
  await app.tollgate.control.pause({ agent: 'late' }, ops);
  expect(await late).toMatchObject({ reason: 'paused' });
  await early;
  expect(order).toEqual(['pause', 'late is refused', 'early has its answer']);
});

test('what cannot be used is refused with the place and the fix, and changes nothing', async () => {
  await using app = await startApp({ budgets: [{ name: 'month', limit: { calls: 5 }, window: 'month' }] }, { script });
  const { control } = app.tollgate;
  const attempts = [
    control.set({ name: 'x', limit: { usd: -1 }, window: 'total' }, ops),
    control.raise('mnoth', { calls: 6 }, ops),
    control.raise('month', { calls: 6 }, { ...ops, for: 'a while' }),
    control.remove('other', ops),
    control.pause({ agent: 'a' }, { ...ops, for: '-1h' }),
    control.pause({ agnet: 'a' } as object, ops),
    control.pause({ agent: undefined }, ops),
    control.resume({ agnet: 'a' } as object, ops),
  ];
  const issues = (await Promise.allSettled(attempts)).map((result) => {
    const reason: unknown = result.status === 'rejected' ? result.reason : undefined;
    return reason instanceof ConfigError ? reason.issues.map(({ path }) => path) : reason;
  });
  expect(issues).toEqual([
    ['spec.limit.usd'],
    ['name'],
    ['for'],
    ['name'],
    ['for'],
    ['scope.agnet'],
    ['scope.agent'],
    ['scope.agnet'],
  ]);
  await expect(control.raise('mnoth', { calls: 6 }, ops)).rejects.toThrow("did you mean 'month'?");
  await expect(control.pause({ agnet: 'a' } as object, ops)).rejects.toThrow("did you mean 'agent'?");
  await withAgent('a', () => ask(app));
  expect(app.tollgate.budgets()).toMatchObject([{ budget: 'month', limit: { calls: 5 } }]);
});

test('a change without a name to it, or with a word that nobody knows, is not made', async () => {
  await using app = await startApp({ budgets: [{ name: 'b', limit: { calls: 1 }, window: 'day' }] }, { script });
  const { control } = app.tollgate;
  const typo = { ...ops, fr: '24h' };
  const nobody = { by: '' };
  const attempts = (audit: typeof ops): Promise<void>[] => [
    control.set({ name: 'x', limit: { usd: 1 }, window: 'total' }, audit),
    control.remove('b', audit),
    control.raise('b', { calls: 6 }, audit),
    control.pause({}, audit),
    control.resume({}, audit),
  ];
  for (const result of await Promise.allSettled([typo, nobody, {} as typeof ops].flatMap(attempts))) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_CONFIG' } });
  }
  await expect(control.raise('b', { calls: 6 }, typo)).rejects.toThrow("audit.fr: is unknown: did you mean 'for'?");
  await ask(app);
  expect(app.tollgate.budgets()).toMatchObject([{ budget: 'b', limit: { calls: 1 } }]);
});
