import Groq from 'groq-sdk';
import OpenAI, { AzureOpenAI } from 'openai';
import Together from 'together-ai';
import { describe, expect, it } from 'vitest';
import { readAll } from '../read-all.ts';
import { startProvider } from '../start-provider.ts';
import { findRoute } from './route-table.ts';

const messages = [{ role: 'user' as const, content: 'Say hello to the world' }];

describe("the same wire behind other hosts' paths", () => {
  it('finds the model behind an Azure deployment, and starts a stream without choices as Azure does', async () => {
    await using provider = await startProvider({
      deployments: { 'my-deployment': 'gpt-4o' },
      script: () => ({ text: 'Hi' }),
    });
    const azure = new AzureOpenAI({ endpoint: provider.url, apiKey: 'sim', apiVersion: '2026-01-01' });
    const completion = await azure.chat.completions.create({ model: 'my-deployment', messages });
    const chunks = await readAll(
      await azure.chat.completions.create({ model: 'my-deployment', messages, stream: true }),
    );
    expect(completion.model).toBe('gpt-4o');
    expect(chunks[0]?.choices).toEqual([]);
    expect(provider.requests[0]?.url).toBe('/openai/deployments/my-deployment/chat/completions?api-version=2026-01-01');
    // 11 × 2,500 + 1 × 10,000 nano-USD
    expect(provider.bill.lines.map((line) => line.nanoUsd)).toEqual([37_500, 37_500]);
  });

  it("tells Groq's usage in the last chunk of the answer, unasked", async () => {
    await using provider = await startProvider({ script: () => ({ text: 'Hi there' }) });
    const groq = new Groq({ apiKey: 'sim', baseURL: provider.url });
    const model = 'llama-3.3-70b-versatile';
    const completion = await groq.chat.completions.create({ model, messages });
    const chunks = await readAll(await groq.chat.completions.create({ model, messages, stream: true }));
    expect(completion.usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 2 });
    expect(chunks.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }], x_groq: { usage: completion.usage } });
    // 11 × 590 + 2 × 790 nano-USD
    expect(provider.bill.lines.map((line) => line.nanoUsd)).toEqual([8070, 8070]);
  });

  it("serves Together's client", async () => {
    await using provider = await startProvider({ script: () => ({ text: 'Hi there' }) });
    const together = new Together({ apiKey: 'sim', baseURL: provider.openaiBaseUrl });
    const model = 'meta-llama/Llama-3.3-70B-Instruct-Turbo';
    const completion = await together.chat.completions.create({ model, messages });
    expect(completion.choices[0]?.message?.content).toBe('Hi there');
    // 13 × 880 nano-USD
    expect(provider.bill.nanoUsd).toBe(11_440);
  });
});

describe('a path', () => {
  it('that is no call is served for free', async () => {
    await using provider = await startProvider();
    const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl });
    const models = await readAll(openai.models.list());
    expect(models.length).toBeGreaterThan(0);
    expect(provider.bill.lines).toMatchObject([{ route: 'models', state: 'not-billed', nanoUsd: 0 }]);
  });

  it('that no provider has is a 404', async () => {
    await using provider = await startProvider();
    const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 });
    await expect(openai.post('/nothing', { body: {} })).rejects.toMatchObject({ status: 404 });
    expect(provider.requests).toMatchObject([{ route: undefined, status: 404, url: '/v1/nothing' }]);
  });

  it('belongs to one route of one method', () => {
    expect(findRoute('GET', '/v1/responses/resp_1').route?.name).toBe('responses.retrieve');
    expect(findRoute('POST', '/v1/responses/input_tokens').route?.name).toBe('responses.input_tokens');
    expect(findRoute('GET', '/v1/chat/completions').route).toBeUndefined();
  });
});
