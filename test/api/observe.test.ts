import { withAgent } from '@tollgate/otel';
import { startProvider } from '@tollgate/provider-sim';
import { Anthropic } from '@anthropic-ai/sdk';
import { OpenAI } from 'openai';
import { expect, test, vi } from 'vitest';
import { ask, COST, refusal, USAGE } from './ask.ts';
import { startApp } from './start-app.ts';

const script = () => ({ usage: USAGE });
/** Says no to everything, may shorten everything, and would make the second of two calls wait. */
const STRICT = [
  { name: 'shrinks', limit: { usd: 0.003 }, window: 'total' as const, reserve: 'max' as const, shrink: true },
  { name: 'never', limit: { usd: 0 }, window: 'total' as const },
];

interface Sent {
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

/** Sends one call of each kind, and gives what went over the wire: to the byte, but for what differs between any two runs. */
async function sent(openaiUrl: string, anthropicUrl: string): Promise<Sent[]> {
  const seen: Sent[] = [];
  const record: typeof fetch = (url, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    seen.push({ url: new Request(url).url, headers, body: init?.body });
    return fetch(url, init);
  };
  const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiUrl, maxRetries: 0, fetch: record });
  const anthropic = new Anthropic({ apiKey: 'sim', baseURL: anthropicUrl, maxRetries: 0, fetch: record });
  const messages = [{ role: 'user' as const, content: 'a question' }];
  await openai.chat.completions.create({ model: 'gpt-4o', messages });
  for await (const _ of await openai.chat.completions.create({ model: 'gpt-4o', messages, stream: true }));
  await openai.responses.create({ model: 'gpt-4o', input: 'a question' });
  await anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 100, messages });
  for await (const _ of anthropic.messages.stream({ model: 'claude-haiku-4-5', max_tokens: 100, messages }));
  return seen;
}

test('requests are the same to the byte as without us', async () => {
  await using provider = await startProvider({ script });
  const without = await sent(provider.openaiBaseUrl, provider.anthropicBaseUrl);
  await using app = await startApp(
    {
      mode: 'observe',
      budgets: STRICT,
      hosts: { [new URL(provider.url).host]: { provider: 'openai', includeUsage: true } },
    },
    { script },
  );
  const observed = await sent(provider.openaiBaseUrl, provider.anthropicBaseUrl);
  expect(observed).toEqual(without);
  expect(observed.every(({ body }) => typeof body === 'string')).toBe(true);
  expect(app.heard('call')).toHaveLength(5);
});

test('nothing is refused, and what would have been is told with its reason', async () => {
  await using app = await startApp({ mode: 'observe', budgets: STRICT }, { script });
  await withAgent('a', () => ask(app, 'a question', { max_tokens: null }));
  await withAgent('a', () => ask(app, 'a question', { max_tokens: null }));
  expect(app.provider.requests.map(({ status }) => status)).toEqual([200, 200]);
  expect(app.heard('call').map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
  expect(app.heard('budget.exceeded').map(({ budget, reason }) => `${budget} ${reason}`)).toEqual([
    'shrinks too-large',
    'never exhausted',
    'shrinks exhausted',
    'never exhausted',
  ]);
  expect(app.tollgate.budgets()).toMatchObject([{ spent: { nanoUsd: 2 * COST } }, { spent: { nanoUsd: 2 * COST } }]);
});

test('nothing waits for what others have reserved', async () => {
  const budgets = [{ name: 'one', limit: { usd: 0.0015 }, window: 'total' as const }];
  await using app = await startApp(
    { mode: 'observe', budgets, maxWait: '60s' },
    { script: () => ({ usage: USAGE, paceMs: 1 }) },
  );
  let atOnce = 0;
  app.provider.onRequest(
    () => (atOnce = Math.max(atOnce, app.provider.requests.filter(({ isOver }) => !isOver).length)),
  );
  await Promise.all([ask(app, 'first'), ask(app, 'second'), ask(app, 'third')]);
  expect(atOnce).toBe(3);
  expect(app.heard('budget.exceeded').map(({ reason }) => reason)).toEqual(['contended', 'contended']);
});

test('TOLLGATE_MODE=observe opens what code has closed', async () => {
  vi.stubEnv('TOLLGATE_MODE', 'observe');
  await using app = await startApp({ mode: 'enforce', budgets: STRICT }, { script });
  vi.unstubAllEnvs();
  await ask(app);
  expect(app.provider.requests).toHaveLength(1);
});

test('a budget that observes lets through what another one refuses', async () => {
  const budgets = [
    { name: 'tried out', limit: { usd: 0 }, window: 'total' as const, mode: 'observe' as const },
    { name: 'in force', limit: { calls: 1 }, window: 'total' as const },
  ];
  await using app = await startApp({ budgets }, { script });
  await ask(app);
  expect((await refusal(ask(app))).standing.budget).toBe('in force');
  expect(app.provider.requests).toHaveLength(1);
});
