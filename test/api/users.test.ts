import { createHash } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { attribute, ConfigError, withAgent, withStep, withTask } from '@tollgate/otel';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ask, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const ID = 'user-4711';
const HASH = createHash('sha256').update(ID).digest('hex').slice(0, 16);
const script = () => ({ usage: USAGE });
const ops = { by: 'ops' };
const exporter = new InMemorySpanExporter();

beforeAll(() => {
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
});
beforeEach(() => exporter.reset());
afterAll(() => trace.disable());

test('a hashed user stands nowhere in plain: not on spans, in keys, usage, events or errors', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const budgets = [
    { name: 'user', limit: { calls: 2 }, window: 'total' as const, by: ['user' as const], warnAt: [0.5] },
  ];
  await using app = await startApp({ users: 'hash', otel: 'attach', budgets }, { script });
  const error = await attribute({ user: ID, session: 's-1' }, async () => {
    await withTask('T-1', () => withAgent('triager', () => withStep('look', () => ask(app))));
    await app.anthropic.messages.create({
      model: 'claude-haiku-4-5',
      max_tokens: 50,
      messages: [{ role: 'user', content: 'a question' }],
    });
    return refusal(ask(app));
  });
  const spans = exporter.getFinishedSpans().map(({ name, attributes, events }) => ({ name, attributes, events }));
  const { tollgate } = app;
  const everything = [spans, tollgate.usage({ by: ['user'] }), tollgate.budgets(), app.told, error, error.message];
  expect(JSON.stringify(everything)).not.toContain(ID);
  expect(spans.filter(({ attributes }) => attributes['user.id'] === HASH).length).toBeGreaterThanOrEqual(3);
  expect(tollgate.usage({ by: ['user'] })).toMatchObject([{ by: { user: HASH }, calls: 2, denied: 1 }]);
  expect(tollgate.budgets()).toMatchObject([{ key: `user|user=${HASH}|total`, account: { user: HASH } }]);
});

test('a plain user stands on spans and in keys as the app names it', async () => {
  await using app = await startApp({
    otel: 'attach',
    budgets: [{ name: 'user', limit: { calls: 2 }, window: 'total', by: ['user'] }],
  });
  await attribute({ user: ID }, () => ask(app));
  expect(exporter.getFinishedSpans()[0]?.attributes['user.id']).toBe(ID);
  expect(app.tollgate.budgets()).toMatchObject([{ account: { user: ID } }]);
});

test('rules and questions name a hashed user by the id, or by the hash that is shown', async () => {
  await using app = await startApp({ users: 'hash' }, { script });
  const { tollgate } = app;
  const asUser = (): Promise<unknown> => attribute({ user: ID }, () => ask(app));
  for (const user of [ID, HASH]) {
    await tollgate.control.pause({ user }, ops);
    expect((await refusal(asUser())).reason).toBe('paused');
    expect(await tollgate.check({ user }, { calls: 1 })).toMatchObject({ allowed: false, reason: 'paused' });
    await tollgate.control.resume({ user }, ops);
    await asUser();
  }
  await attribute({ user: 'another' }, () => ask(app));
});

test('budgets match a hashed user by the id', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const stop = { name: 'stop', limit: { usd: 0 }, window: 'total' as const };
  await using app = await startApp({ users: 'hash', budgets: [{ ...stop, match: { user: ID } }] }, { script });
  const asUser = (): Promise<unknown> => attribute({ user: ID }, () => ask(app));
  const { control } = app.tollgate;
  expect((await refusal(asUser())).standing.budget).toBe('stop');
  await control.set({ ...stop, match: { user: ['another'] } }, ops);
  await asUser();
  await control.set({ ...stop, match: { user: ['another', HASH] } }, ops);
  await refusal(asUser());
  await control.set({ ...stop, match: { user: '*' } }, ops);
  await refusal(asUser());
});

test('a budget for ids that begin alike is an issue where users are hashed: it would never say no', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const spec = { name: 'b', limit: { usd: 0 }, window: 'total' as const, match: { user: 'eu-*' } };
  await expect(startApp({ users: 'hash', budgets: [spec] })).rejects.toThrow("budgets['b'].match.user");
  await using app = await startApp({ users: 'hash', budgets: [spec], onInvalid: 'skip' });
  expect(app.tollgate.budgets()).toMatchObject([
    { budget: 'b', invalid: expect.stringContaining('match.user') as string },
  ]);
  await expect(app.tollgate.control.set(spec, ops)).rejects.toBeInstanceOf(ConfigError);
});
