import OpenAI from 'openai';
import { makeParseableTextFormat } from 'openai/lib/parser';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReplyPlan } from '../plan.ts';
import { readAll } from '../read-all.ts';
import { startProvider, type Provider } from '../start-provider.ts';

let provider: Provider;
afterEach(() => provider.close());

async function client(plan?: ReplyPlan): Promise<OpenAI> {
  provider = await startProvider({ script: () => plan });
  return new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 });
}

const hello = { model: 'gpt-6.1-terra', input: 'Say hello to the world' };

describe('a response', () => {
  it('tells usage with both kinds of cache writes, and bills it', async () => {
    const usage = {
      input: 10_000,
      cacheRead: 30_000,
      cacheWrite5m: 15_000,
      cacheWrite1h: 5000,
      reasoning: 3000,
      output: 1000,
    };
    const openai = await client({ text: 'Done', usage });
    const response = await openai.responses.create(hello);
    expect(response.output_text).toBe('Done');
    expect(response.output.map((item) => item.type)).toEqual(['reasoning', 'message']);
    expect(response.usage).toEqual({
      input_tokens: 60_000,
      input_tokens_details: {
        cached_tokens: 30_000,
        cache_write_tokens: 20_000,
        cache_write_tokens_details: { ttl_30m_tokens: 15_000, ttl_12h_tokens: 5000 },
      },
      output_tokens: 4000,
      output_tokens_details: { reasoning_tokens: 3000 },
      total_tokens: 64_000,
    });
    // 10,000 × $1 + 30,000 × $0.05 + 15,000 × $1.25 + 5,000 × $2.5 + 4,000 × $5, per million = $0.06275
    expect(provider.bill.nanoUsd).toBe(62_750_000);
  });

  it('tells searches apart from usage, and bills them', async () => {
    const openai = await client({ usage: { input: 0, output: 0, webSearches: 3 } });
    const response = await openai.responses.create({ ...hello, model: 'gpt-5' });
    expect(response.tool_usage?.web_search.num_requests).toBe(3);
    expect(response.output.filter((item) => item.type === 'web_search_call')).toHaveLength(3);
    expect(provider.bill.nanoUsd).toBe(30_000_000);
  });

  it('is incomplete at its cap', async () => {
    const openai = await client();
    const response = await openai.responses.create({ ...hello, max_output_tokens: 4 });
    expect(response).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
    expect(response.usage?.output_tokens).toBe(4);
  });

  it('fits the schema of a structured output', async () => {
    const openai = await client();
    const schema = { type: 'object', properties: { city: { type: 'string' } } };
    const format = makeParseableTextFormat<{ city: string }>(
      { type: 'json_schema', name: 'place', schema },
      (content) => JSON.parse(content) as { city: string },
    );
    const response = await openai.responses.parse({ ...hello, text: { format } });
    expect(response.output_parsed).toEqual({ city: 'word' });
  });

  it('counts a prompt for free', async () => {
    const openai = await client();
    const counted = await openai.responses.inputTokens.count(hello);
    const response = await openai.responses.create(hello);
    expect(counted.input_tokens).toBe(response.usage?.input_tokens);
    expect(provider.bill.lines.map((line) => line.state)).toEqual(['not-billed', 'billed']);
  });
});

describe('a response stream', () => {
  it('ends with the whole response, and numbers its events', async () => {
    const openai = await client({ text: 'one two' });
    const events = await readAll(await openai.responses.create({ ...hello, stream: true }));
    expect(events.map((event) => event.type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events.map((event) => ('sequence_number' in event ? event.sequence_number : -1))).toEqual(
      events.map((_, index) => index),
    );
    expect(events.at(-1)).toMatchObject({ response: { status: 'completed', usage: { output_tokens: 2 } } });
  });

  it('ends with response.incomplete at its cap', async () => {
    const openai = await client();
    const events = await readAll(await openai.responses.create({ ...hello, stream: true, max_output_tokens: 3 }));
    expect(events.at(-1)).toMatchObject({ type: 'response.incomplete', response: { usage: { output_tokens: 3 } } });
  });

  it("feeds the SDK's own helper, tools included", async () => {
    const openai = await client({ toolCalls: [{ name: 'look_up', arguments: { id: 7 } }] });
    const final = await openai.responses.stream(hello).finalResponse();
    expect(final.output).toMatchObject([{ type: 'function_call', name: 'look_up', arguments: '{"id":7}' }]);
    expect(final.usage?.output_tokens).toBe(provider.bill.lines[0]?.usage.output);
  });
});

describe('a background response', () => {
  it('is billed on the request that made it, not on those that look at it', async () => {
    const openai = await client({ text: 'one two three' });
    const queued = await openai.responses.create({ ...hello, background: true });
    expect(queued).toMatchObject({ status: 'queued', usage: null });
    await provider.settled();
    const done = await openai.responses.retrieve(queued.id);
    expect(done).toMatchObject({ id: queued.id, status: 'completed', usage: { output_tokens: 3 } });
    expect(provider.bill.lines.map((line) => [line.route, line.state])).toEqual([
      ['responses', 'billed'],
      ['responses.retrieve', 'not-billed'],
    ]);
    // 11 × 1,000 + 3 × 5,000 nano-USD
    expect(provider.bill.nanoUsd).toBe(26_000);
  });

  it('is in progress while it is made, and stops when it is cancelled', async () => {
    const openai = await client({ usage: { output: 10_000 }, paceMs: 1 });
    const queued = await openai.responses.create({ ...hello, background: true });
    expect(await openai.responses.retrieve(queued.id)).toMatchObject({ status: 'in_progress', usage: null });
    expect(await openai.responses.cancel(queued.id)).toMatchObject({ status: 'cancelled' });
    await provider.settled();
    expect(await openai.responses.retrieve(queued.id)).toMatchObject({ status: 'cancelled' });
    expect(provider.bill.lines[0]?.usage.output).toBeLessThan(10_000);
  });

  it('is not to be found under another id', async () => {
    const openai = await client();
    await expect(openai.responses.retrieve('resp_none')).rejects.toMatchObject({ status: 404 });
  });
});
