import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegisterOptions } from '@tollgate/otel';
import { startProvider } from '@tollgate/provider-sim';
import { expect, test, vi } from 'vitest';
import { ask, COST, refusal, USAGE } from './ask.ts';
import { startApp, type App } from './start-app.ts';

const script = () => ({ usage: USAGE });
const budgets: RegisterOptions['budgets'] = [{ name: 'b', limit: { usd: 1 }, window: 'total' }];
const TOMORROW = { model: 'gpt-9-tomorrow' };

function spent({ tollgate }: App): number | undefined {
  return tollgate.budgets()[0]?.spent.nanoUsd;
}

test('a model of tomorrow is charged as the dearest of its family, flagged, and is never $0', async () => {
  await using app = await startApp({ budgets }, { script });
  await ask(app, 'a question', TOMORROW);
  const [row] = app.tollgate.usage();
  expect(row).toMatchObject({ calls: 1, unpricedCalls: 1, nanoUsd: 0 });
  expect(row?.assumedNanoUsd).toBeGreaterThanOrEqual(COST);
  expect(spent(app)).toBe(row?.assumedNanoUsd);
  expect(app.heard('call')[0]?.cost).toMatchObject({ nanoUsd: undefined, state: 'unknown' });
  expect(app.heard('unpriced')).toMatchObject([TOMORROW]);
});

test("unknownPrice 'deny' refuses a model without a price, where a budget in USD applies to it", async () => {
  await using app = await startApp({ budgets, unknownPrice: 'deny' }, { script });
  const error = await refusal(ask(app, 'a question', TOMORROW));
  expect(error).toMatchObject({ reason: 'unpriced', standing: { budget: 'b' } });
  expect(error.message).toContain('no known price');
  expect(app.provider.requests).toHaveLength(0);
  await ask(app);
  await app.tollgate.control.set({ name: 'b', limit: { calls: 5 }, window: 'total' }, { by: 'ops' });
  await ask(app, 'a question', TOMORROW);
});

test("unknownPrice 'allow-unpriced' charges nothing, and says that it does not know", async () => {
  await using app = await startApp({ budgets, unknownPrice: 'allow-unpriced' }, { script });
  await ask(app, 'a question', TOMORROW);
  expect(app.tollgate.usage()).toMatchObject([{ calls: 1, unpricedCalls: 1, nanoUsd: 0, assumedNanoUsd: 0 }]);
  expect(spent(app)).toBe(0);
  expect(app.heard('unpriced')).toHaveLength(1);
});

test('a host of no known provider runs under a budget, unpriced', async () => {
  await using app = await startApp({ budgets, hosts: {} }, { script });
  await ask(app);
  expect(app.tollgate.usage({ by: ['provider'] })).toMatchObject([{ by: { provider: 'unknown' }, unpricedCalls: 1 }]);
  expect(app.heard('unpriced')).toMatchObject([{ provider: 'unknown', reason: 'no_provider' }]);
});

test('a host that nobody has named is spoken of once, at the first call that is made there', async () => {
  const said: string[] = [];
  using _ = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  await using app = await startApp({ budgets: [{ name: 'b', limit: { calls: 3 }, window: 'total' }] }, { script });
  await using unnamed = await startProvider({ script });
  await using refused = await startProvider({ script });
  const stranger = { openai: app.openai.withOptions({ baseURL: unnamed.openaiBaseUrl }) };
  await ask(stranger);
  await ask(stranger);
  await ask(app);
  await refusal(ask({ openai: app.openai.withOptions({ baseURL: refused.openaiBaseUrl }) }));
  const { host } = new URL(unnamed.url);
  expect(said.filter((line) => line.includes('nobody has named'))).toEqual([
    `tollgate: nobody has named the provider at ${host}, so its calls have no price and budgets in USD do not count them; name it: hosts: { '${host}': 'openai' }\n`,
  ]);
});

test("unknownPrice 'deny' at a host that nobody has named asks for its name, and no price of the model", async () => {
  await using app = await startApp({ budgets, unknownPrice: 'deny', hosts: {} }, { script });
  const { host } = new URL(app.provider.url);
  const error = await refusal(ask(app));
  expect(error.reason).toBe('unpriced');
  expect(error.message).toContain(`nobody has named the provider at ${host}`);
  expect(error.message).toContain(`hosts: { '${host}': 'openai' }`);
  expect(error.message).not.toContain('alias');
  expect(app.provider.requests).toHaveLength(0);
});

test('prices of our own, aliases and discounts stand before the list', async () => {
  await using app = await startApp(
    {
      prices: [
        { model: 'my-llama*', usdPerMillion: { input: 1, output: 2 } },
        { model: 'flat', usdPerCall: 0.02 },
        { alias: 'prod', model: 'gpt-4o', factor: 2 },
        { model: 'gpt-4o-mini', factor: 0.5 },
      ],
    },
    { script },
  );
  for (const model of ['my-llama-3', 'flat', 'prod', 'gpt-4o-mini', 'gpt-4o']) await ask(app, 'a question', { model });
  const costs = app.heard('call').map(({ requestModel, cost }) => [requestModel, cost.nanoUsd]);
  const mini = USAGE.input * 150 + USAGE.output * 600;
  expect(costs).toEqual([
    ['my-llama-3', USAGE.input * 1_000 + USAGE.output * 2_000],
    ['flat', 20_000_000],
    ['prod', 2 * COST],
    ['gpt-4o-mini', mini / 2],
    ['gpt-4o', COST],
  ]);
  expect(app.heard('unpriced')).toEqual([]);
});

test('a discount for a provider leaves the others alone', async () => {
  await using app = await startApp({ prices: [{ provider: 'anthropic', factor: 0.75 }] }, { script });
  await ask(app);
  const messages = [{ role: 'user' as const, content: 'a question' }];
  await app.anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 100, messages });
  const [openai, anthropic] = app.heard('call').map(({ cost }) => cost.nanoUsd);
  expect([openai, anthropic]).toEqual([app.provider.bill.nanoUsd, 0.75 * app.claude.bill.nanoUsd]);
});

test('a file of prices is read again when it changes, and one that is broken then changes nothing', async () => {
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const folder = await mkdtemp(join(tmpdir(), 'tollgate-prices-'));
  const file = join(folder, 'prices.json');
  const price = (input: number): string => JSON.stringify([{ model: 'gpt-4o', usdPerMillion: { input, output: 0 } }]);
  const costNow = async (app: App): Promise<number | undefined> => {
    await ask(app);
    return app.heard('call').at(-1)?.cost.nanoUsd;
  };
  await writeFile(file, price(1));
  {
    await using app = await startApp({ prices: file }, { script });
    expect(await costNow(app)).toBe(USAGE.input * 1_000);
    await writeFile(file, price(2));
    await vi.waitFor(async () => expect(await costNow(app)).toBe(USAGE.input * 2_000), {
      timeout: 15_000,
      interval: 100,
    });
    await writeFile(file, '[{ "model": "gpt-4o"');
    await vi.waitFor(() => expect(said.join('')).toContain(`the prices in ${file} stay as they were`), 15_000);
    expect(await costNow(app)).toBe(USAGE.input * 2_000);
  }
  await rm(folder, { recursive: true });
  vi.restoreAllMocks();
});
