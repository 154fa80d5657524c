import Anthropic from '@anthropic-ai/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReplyPlan } from '../plan.ts';
import { readAll } from '../read-all.ts';
import { startProvider, type Provider } from '../start-provider.ts';

let provider: Provider;
afterEach(() => provider.close());

async function client(plan?: ReplyPlan): Promise<Anthropic> {
  provider = await startProvider({ script: () => plan });
  return new Anthropic({ apiKey: 'sim', baseURL: provider.anthropicBaseUrl, maxRetries: 0 });
}

const hello = {
  model: 'claude-opus-4-8',
  max_tokens: 1000,
  messages: [{ role: 'user' as const, content: 'Say hello to the world' }],
};
const cached = { input: 50, cacheWrite5m: 2000, cacheWrite1h: 10_000, cacheRead: 30_000, reasoning: 300, output: 500 };

describe('a message', () => {
  it('tells caches beside the input and thinking inside the output, and bills them', async () => {
    const anthropic = await client({ text: 'Hello', usage: cached });
    const message = await anthropic.messages.create(hello);
    expect(message.content.map((block) => block.type)).toEqual(['thinking', 'text']);
    expect(message.usage).toMatchObject({
      input_tokens: 50,
      cache_creation_input_tokens: 12_000,
      cache_read_input_tokens: 30_000,
      cache_creation: { ephemeral_5m_input_tokens: 2000, ephemeral_1h_input_tokens: 10_000 },
      output_tokens: 800,
      output_tokens_details: { thinking_tokens: 300 },
      service_tier: 'standard',
    });
    // 50 × $5 + 2,000 × $6.25 + 10,000 × $10 + 30,000 × $0.5 + 800 × $25, per million = $0.14775
    expect(provider.bill.nanoUsd).toBe(147_750_000);
  });

  it('stops at its cap', async () => {
    const anthropic = await client({ usage: { output: 90 } });
    const message = await anthropic.messages.create({ ...hello, max_tokens: 12 });
    expect(message).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 12 } });
  });

  it('bills searches by the piece', async () => {
    const anthropic = await client({ text: 'Found', usage: { input: 0, output: 0, webSearches: 2 } });
    const message = await anthropic.messages.create(hello);
    expect(message.usage.server_tool_use).toEqual({ web_search_requests: 2, web_fetch_requests: 0 });
    expect(message.content.filter((block) => block.type === 'server_tool_use')).toHaveLength(2);
    expect(provider.bill.nanoUsd).toBe(20_000_000);
  });

  it('calls a tool when it has to', async () => {
    const anthropic = await client();
    const input_schema = { type: 'object' as const, properties: { city: { type: 'string' } } };
    const tools = [{ name: 'weather', input_schema }];
    const message = await anthropic.messages.create({ ...hello, tools, tool_choice: { type: 'any' } });
    expect(message).toMatchObject({
      stop_reason: 'tool_use',
      content: [{ type: 'tool_use', name: 'weather', input: { city: 'word' } }],
    });
  });

  it('bills the fast mode where the model has one', async () => {
    const anthropic = await client({ usage: { input: 1000, output: 100 } });
    const message = await anthropic.beta.messages.create({ ...hello, speed: 'fast' }, { query: { beta: 'true' } });
    expect(message.usage.speed).toBe('fast');
    expect(provider.requests[0]?.url).toBe('/v1/messages?beta=true');
    // 1,000 × 10,000 + 100 × 50,000 nano-USD
    expect(provider.bill.nanoUsd).toBe(15_000_000);
  });

  it('counts a prompt for free, as a message would', async () => {
    const anthropic = await client();
    const { model, messages } = hello;
    const counted = await anthropic.messages.countTokens({ model, messages, system: 'Be kind' });
    const message = await anthropic.messages.create({ ...hello, system: 'Be kind' });
    expect(counted.input_tokens).toBe(message.usage.input_tokens);
    expect(provider.bill.lines.map((line) => line.state)).toEqual(['not-billed', 'billed']);
  });
});

describe('a message stream', () => {
  it('starts with the exact input and one token of output, and ends with totals, not differences', async () => {
    const anthropic = await client({ text: 'Hello there', usage: cached });
    const events = await readAll(await anthropic.messages.create({ ...hello, stream: true }));
    const told = { input_tokens: 50, cache_creation_input_tokens: 12_000, cache_read_input_tokens: 30_000 };
    expect(events[0]).toMatchObject({ type: 'message_start', message: { usage: { ...told, output_tokens: 1 } } });
    expect(events.at(-2)).toMatchObject({ type: 'message_delta', usage: { ...told, output_tokens: 800 } });
    expect(events.at(-1)).toEqual({ type: 'message_stop' });
    expect(provider.bill.nanoUsd).toBe(147_750_000);
  });

  it('can tell its caches only at its end', async () => {
    const anthropic = await client({ text: 'Hello', usage: cached, lateCaches: true });
    const events = await readAll(await anthropic.messages.create({ ...hello, stream: true }));
    expect(events[0]).toMatchObject({ message: { usage: { input_tokens: 50, cache_read_input_tokens: 0 } } });
    expect(events.at(-2)).toMatchObject({ usage: { cache_read_input_tokens: 30_000 } });
    expect(provider.bill.nanoUsd).toBe(147_750_000);
  });

  it("feeds the SDK's own helper, tools and thinking included", async () => {
    const anthropic = await client({
      text: 'Hm',
      toolCalls: [{ name: 'look', arguments: { at: 'sky' } }],
      usage: { reasoning: 4 },
    });
    const message = await anthropic.messages.stream(hello).finalMessage();
    expect(message).toMatchObject({
      stop_reason: 'tool_use',
      content: [{ type: 'thinking' }, { type: 'text', text: 'Hm' }, { type: 'tool_use', input: { at: 'sky' } }],
    });
    const [line] = provider.bill.lines;
    expect(message.usage.output_tokens).toBe((line?.usage.output ?? 0) + 4);
  });

  it('stops, and stops billing, soon after the client broke off', async () => {
    const anthropic = await client({ text: 'word '.repeat(500).trim(), paceMs: 1 });
    for await (const event of await anthropic.messages.create({ ...hello, stream: true })) {
      if (event.type === 'content_block_delta') break;
    }
    await provider.settled();
    const [line] = provider.bill.lines;
    expect(line).toMatchObject({ aborted: true, usage: { input: 11 } });
    expect(line?.usage.output).toBeGreaterThanOrEqual(1);
    expect(line?.usage.output).toBeLessThan(100);
  });
});
