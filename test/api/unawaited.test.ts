import { expect, test, vi } from 'vitest';
import { USAGE } from './ask.ts';
import { startApp, type App } from './start-app.ts';

/** Room for one call at a time. */
const budgets = [{ name: 'b', limit: { usd: 0.003 }, window: 'total' as const }];
const body = {
  model: 'gpt-4o',
  max_tokens: USAGE.output,
  messages: [{ role: 'user' as const, content: 'a question' }],
};

function start(plan: object = {}): Promise<App> {
  return startApp({ budgets }, { script: () => ({ usage: { input: 20, output: USAGE.output }, ...plan }) });
}

/** Nothing has been sent, held or charged twice, or by estimate. */
function expectExact({ tollgate, provider }: App, calls: number): void {
  expect(tollgate.usage()).toMatchObject([
    { calls, attempts: calls, nanoUsd: provider.bill.nanoUsd, estimatedNanoUsd: 0, denied: 0 },
  ]);
  expect(tollgate.budgets()).toMatchObject([{ spent: { nanoUsd: provider.bill.nanoUsd }, reserved: { nanoUsd: 0 } }]);
}

test('an answer that is there, and awaited after a later one, does not keep the later one waiting', async () => {
  await using app = await startApp({ budgets: [{ ...budgets[0]!, limit: { usd: 0.0015 } }] });
  const first = app.openai.chat.completions.create(body);
  const second = app.openai.chat.completions.create({ ...body, max_tokens: 50 });
  expect((await second).choices).toHaveLength(1);
  const { choices, usage } = await first;
  expect([choices.length, usage?.prompt_tokens]).toEqual([1, expect.any(Number)]);
  expectExact(app, 2);
});

test('an answer that nobody awaits is charged what it says', async () => {
  await using app = await start();
  void app.openai.chat.completions.create(body);
  await vi.waitFor(() => expect(app.heard('call')).toHaveLength(1));
  expectExact(app, 1);
});

test('a raw response that nobody reads is charged what it says, and can still be read', async () => {
  await using app = await start();
  const response = await app.openai.chat.completions.create(body).asResponse();
  await vi.waitFor(() => expectExact(app, 1));
  expect([response.bodyUsed, response.body?.locked]).toEqual([false, false]);
  expect(await response.json()).toMatchObject({ usage: { completion_tokens: USAGE.output } });
  expectExact(app, 1);
});

test('an Anthropic message that nobody awaits is charged what it says, and answers whoever awaits it later', async () => {
  await using app = await start();
  const answer = app.anthropic.messages.create({ ...body, model: 'claude-haiku-4-5' });
  await vi.waitFor(() => expect(app.heard('call')).toMatchObject([{ outcome: 'ok', cost: { state: 'reported' } }]));
  expect(app.tollgate.usage()).toMatchObject([{ calls: 1, nanoUsd: app.claude.bill.nanoUsd }]);
  expect((await answer).usage.output_tokens).toBe(USAGE.output);
  expect(app.heard('call')).toHaveLength(1);
});

test('speech that nobody reads is settled, and can still be heard', async () => {
  await using app = await startApp({ budgets: [{ ...budgets[0]!, limit: { usd: 1 } }] });
  const speech = await app.openai.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'hello' });
  await vi.waitFor(() => expect(app.tollgate.budgets()).toMatchObject([{ reserved: { nanoUsd: 0 } }]));
  expect((await speech.arrayBuffer()).byteLength).toBeGreaterThan(0);
  expect(app.tollgate.usage()).toMatchObject([{ calls: 1 }]);
});

test('an answer that breaks off while nobody awaits it is charged by estimate, once', async () => {
  await using app = await start({ fault: { kind: 'reset-after-headers' } });
  const answer = app.openai.chat.completions.create(body);
  await vi.waitFor(() =>
    expect(app.heard('call')).toMatchObject([{ outcome: 'aborted', cost: { state: 'estimated' } }]),
  );
  await expect(answer).rejects.toThrow(/terminated|Connection error/);
  expect(app.tollgate.usage()).toMatchObject([{ calls: 1, attempts: 1 }]);
});
