import { APIUserAbortError as AnthropicAbort } from '@anthropic-ai/sdk';
import { APIUserAbortError as OpenAIAbort } from 'openai';
import { expect, test, vi } from 'vitest';
import { ask, refusal } from './ask.ts';
import { startApp, type App } from './start-app.ts';

/** Room for one call at a time, each of which costs a hundredth of what is held for it. */
const budgets = [{ name: 'b', limit: { usd: 0.0015 }, window: 'total' as const }];
const script = () => ({ usage: { input: 1, output: 1 }, paceMs: 50 });

function sent({ provider, claude }: App): number {
  return provider.requests.length + claude.requests.length;
}

test('calls that have to wait go one by one, in the order in which they came', async () => {
  await using app = await startApp({ budgets }, { script: () => ({ usage: { input: 1, output: 1 } }) });
  const prompts = ['one', 'two', 'three', 'four', 'five'];
  let atOnce = 0;
  app.provider.onRequest(() => {
    atOnce = Math.max(atOnce, app.provider.requests.filter(({ isOver }) => !isOver).length);
  });
  await Promise.all(prompts.map((prompt) => ask(app, prompt)));
  expect(app.provider.requests.map(({ key }) => key)).toEqual(prompts);
  expect(atOnce).toBe(1);
  expect(app.heard('budget.exceeded')).toEqual([]);
});

test("an aborted waiter leaves the line with the SDK's own error, and the next one goes", async () => {
  await using app = await startApp({ budgets }, { script });
  const aborted = new AbortController();
  const first = ask(app, 'first');
  const second = ask(app, 'second', {}, { signal: aborted.signal });
  const third = ask(app, 'third');
  await vi.waitFor(() => expect(app.provider.requests).toHaveLength(1));
  aborted.abort();
  await expect(second).rejects.toBeInstanceOf(OpenAIAbort);
  expect(app.provider.requests).toHaveLength(1);
  await Promise.all([first, third]);
  expect(app.provider.requests.map(({ key }) => key)).toEqual(['first', 'third']);
  expect(app.tollgate.budgets()).toMatchObject([{ reserved: { nanoUsd: 0 } }]);
  expect(app.heard('call').map(({ attempts }) => attempts)).toEqual([0, 1, 1]);
  expect(app.tollgate.usage()).toMatchObject([{ nanoUsd: app.provider.bill.nanoUsd, attempts: 2, unpricedCalls: 0 }]);
});

test("an aborted waiter of the Anthropic SDK ends with that SDK's error", async () => {
  await using app = await startApp({ budgets: [{ ...budgets[0]!, limit: { usd: 0.0008 } }] }, { script });
  const aborted = new AbortController();
  const body = { model: 'claude-haiku-4-5', max_tokens: 100, messages: [{ role: 'user' as const, content: 'hello' }] };
  const first = app.anthropic.messages.create(body);
  const second = app.anthropic.messages.create(body, { signal: aborted.signal });
  await vi.waitFor(() => expect(app.claude.requests).toHaveLength(1));
  aborted.abort();
  await expect(second).rejects.toBeInstanceOf(AnthropicAbort);
  await first;
  expect(sent(app)).toBe(1);
});

test('a call that has waited for as long as it may is refused as contended', async () => {
  await using app = await startApp({ budgets, maxWait: '20ms' }, { script });
  const first = ask(app, 'first');
  const error = await refusal(ask(app, 'second'));
  expect(error).toMatchObject({ reason: 'contended', standing: { closed: false } });
  expect(error.message).toContain('(maxWait)');
  await first;
  await ask(app, 'third');
  expect(sent(app)).toBe(2);
});

test('a raise lets those go who wait', async () => {
  const slow = ({ key }: { key: string }) => ({ usage: { input: 1, output: 1 }, paceMs: key === 'first' ? 1_000 : 0 });
  await using app = await startApp({ budgets }, { script: slow });
  const first = ask(app, 'first');
  const second = ask(app, 'second');
  await vi.waitFor(() => expect(app.provider.requests).toHaveLength(1));
  await app.tollgate.control.raise('b', { usd: 1 }, { by: 'ops' });
  await second;
  expect(app.provider.requests.map(({ isOver }) => isOver)).toEqual([false, true]);
  await first;
});
