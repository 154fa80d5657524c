import OpenAI from 'openai';
import { makeParseableResponseFormat } from 'openai/lib/parser';
import { afterEach, describe, expect, it } from 'vitest';
import { usageOf } from '../bill/billed-usage.ts';
import type { ReplyPlan } from '../plan.ts';
import { readAll } from '../read-all.ts';
import { startProvider, type Provider } from '../start-provider.ts';

let provider: Provider;
afterEach(() => provider.close());

async function client(plan?: ReplyPlan): Promise<OpenAI> {
  provider = await startProvider({ script: () => plan });
  return new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 });
}

const hello = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Say hello to the world' }] };
const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    parameters: { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer' } } },
  },
};

describe('a chat completion', () => {
  it('counts 3 tokens for the reply, 3 for a message, and one per word', async () => {
    const openai = await client({ text: 'Hello, world' });
    const completion = await openai.chat.completions.create(hello);
    expect(completion.choices[0]).toMatchObject({ message: { content: 'Hello, world' }, finish_reason: 'stop' });
    expect(completion.usage).toMatchObject({ prompt_tokens: 3 + 3 + 5, completion_tokens: 3, total_tokens: 14 });
    // 11 × 150 + 3 × 600 nano-USD
    expect(provider.bill.nanoUsd).toBe(3450);
  });

  it('makes the same reply up for the same prompt, each time', async () => {
    const openai = await client();
    const [first, again, other] = await Promise.all([
      openai.chat.completions.create(hello),
      openai.chat.completions.create(hello),
      openai.chat.completions.create({ ...hello, messages: [{ role: 'user', content: 'Something else' }] }),
    ]);
    expect(first.choices).toEqual(again.choices);
    expect(first.choices).not.toEqual(other.choices);
    expect(first.id).not.toBe(again.id);
  });

  it('is as long as planned when only its output is', async () => {
    const openai = await client({ usage: { output: 120 } });
    const chunks = await readAll(await openai.chat.completions.create({ ...hello, stream: true }));
    expect(chunks.filter((chunk) => chunk.choices[0]?.delta.content)).toHaveLength(120);
    expect(provider.bill.lines[0]?.usage.output).toBe(120);
  });

  it('never goes over its cap, and says so', async () => {
    const openai = await client({ usage: { output: 900 } });
    const [old, current] = await Promise.all([
      openai.chat.completions.create({ ...hello, max_tokens: 5 }),
      openai.chat.completions.create({ ...hello, max_completion_tokens: 7, n: 2 }),
    ]);
    expect(old.usage?.completion_tokens).toBe(5);
    expect(old.choices[0]?.finish_reason).toBe('length');
    expect(current.usage?.completion_tokens).toBe(14);
    expect(current.choices.map((choice) => choice.finish_reason)).toEqual(['length', 'length']);
  });

  it('holds reasoning and text together to the cap', async () => {
    const openai = await client();
    const completion = await openai.chat.completions.create({
      ...hello,
      max_completion_tokens: 10,
      reasoning_effort: 'high',
    });
    const reasoning = completion.usage?.completion_tokens_details?.reasoning_tokens ?? 0;
    expect(reasoning).toBeGreaterThan(7);
    expect(completion.usage?.completion_tokens).toBe(10);
  });

  it('tells cached, written, audio and reasoning tokens inside the totals, and bills them at their rates', async () => {
    const openai = await client({
      usage: { input: 100, cacheRead: 60, cacheWrite5m: 40, reasoning: 30, output: 20 },
    });
    const completion = await openai.chat.completions.create({ ...hello, model: 'gpt-5.6-sol' });
    expect(completion.usage).toEqual({
      prompt_tokens: 200,
      completion_tokens: 50,
      total_tokens: 250,
      prompt_tokens_details: { cached_tokens: 60, audio_tokens: 0, cache_write_tokens: 40 },
      completion_tokens_details: {
        reasoning_tokens: 30,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    });
    // 100 × 4,000 + 60 × 400 + 40 × 5,000 + 50 × 20,000 nano-USD
    expect(provider.bill.nanoUsd).toBe(1_624_000);
  });

  it('counts what is not cached as plain input when only the cached part is planned', async () => {
    const openai = await client({ usage: { cacheRead: 8 } });
    const completion = await openai.chat.completions.create(hello);
    expect(completion.usage?.prompt_tokens).toBe(11);
    expect(provider.bill.lines[0]?.usage).toMatchObject({ input: 3, cacheRead: 8 });
  });

  it('calls a tool when it has to, with arguments that fit', async () => {
    const openai = await client();
    const completion = await openai.chat.completions.create({ ...hello, tools: [weather], tool_choice: 'required' });
    const [choice] = completion.choices;
    expect(choice).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        tool_calls: [{ function: { name: 'weather', arguments: '{"city":"word","days":1}' } }],
      },
    });
  });

  it('serves and bills a tier that has a price, and the default where it has none', async () => {
    const openai = await client({ usage: { input: 1000, output: 100 } });
    const flex = await openai.chat.completions.create({ ...hello, model: 'gpt-5.5', service_tier: 'flex' });
    const none = await openai.chat.completions.create({ ...hello, model: 'gpt-4o', service_tier: 'flex' });
    expect([flex.service_tier, none.service_tier]).toEqual(['flex', 'default']);
    // 1,000 × 2,500 + 100 × 15,000; 1,000 × 2,500 + 100 × 10,000
    expect(provider.bill.lines.map((line) => line.nanoUsd)).toEqual([4_000_000, 3_500_000]);
  });

  it('bills the model that it names, if that is another one', async () => {
    const openai = await client({ model: 'gpt-4o-2024-05-13', usage: { input: 10, output: 10 } });
    const completion = await openai.chat.completions.create(hello);
    expect(completion.model).toBe('gpt-4o-2024-05-13');
    expect(provider.bill.lines[0]).toMatchObject({ model: 'gpt-4o-2024-05-13', nanoUsd: 200_000 });
  });

  it('fits the schema of a structured output', async () => {
    const openai = await client();
    const schema = {
      type: 'object',
      properties: { ok: { type: 'boolean' }, tags: { type: 'array', items: { enum: ['a'] } } },
    };
    const format = makeParseableResponseFormat<{ ok: boolean; tags: string[] }>(
      { type: 'json_schema', json_schema: { name: 'verdict', schema } },
      (content) => JSON.parse(content) as { ok: boolean; tags: string[] },
    );
    const completion = await openai.chat.completions.parse({ ...hello, response_format: format });
    expect(completion.choices[0]?.message.parsed).toEqual({ ok: true, tags: ['a'] });
  });
});

describe('a chat stream', () => {
  async function chunksOf(openai: OpenAI, extra: object): Promise<OpenAI.ChatCompletionChunk[]> {
    const stream = await openai.chat.completions.create({ ...hello, ...extra, stream: true });
    return readAll(stream);
  }

  it('tells its usage in a last chunk without choices, and null before, if it is asked to', async () => {
    const openai = await client({ text: 'one two three' });
    const chunks = await chunksOf(openai, { stream_options: { include_usage: true } });
    const last = chunks.pop();
    expect(last).toMatchObject({ choices: [], usage: { prompt_tokens: 11, completion_tokens: 3 } });
    expect(chunks.map((chunk) => chunk.usage)).toEqual(chunks.map(() => null));
    expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('one two three');
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
  });

  it('says nothing about usage if it is not asked to, and bills the same', async () => {
    const openai = await client({ text: 'one two three' });
    const chunks = await chunksOf(openai, {});
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
    expect(provider.bill.nanoUsd).toBe(11 * 150 + 3 * 600);
  });

  it('can be told to ignore what it is asked', async () => {
    const openai = await client({ text: 'one', streamUsage: 'never' });
    const chunks = await chunksOf(openai, { stream_options: { include_usage: true } });
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
  });

  it('gives each choice its own deltas and finish', async () => {
    const openai = await client();
    const chunks = await chunksOf(openai, { n: 2, stream_options: { include_usage: true } });
    const texts = [0, 1].map((index) =>
      chunks
        .flatMap((chunk) => chunk.choices)
        .filter((choice) => choice.index === index)
        .map((choice) => choice.delta.content ?? '')
        .join(''),
    );
    const whole = await openai.chat.completions.create({ ...hello, n: 2 });
    expect(texts).toEqual(whole.choices.map((choice) => choice.message.content));
    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
  });

  it("feeds the SDK's own helper, tools included", async () => {
    const openai = await client({
      text: 'Let me look.',
      toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }],
    });
    const runner = openai.chat.completions.stream({
      ...hello,
      tools: [weather],
      stream_options: { include_usage: true },
    });
    const completion = await runner.finalChatCompletion();
    expect(completion.choices[0]?.message).toMatchObject({
      content: 'Let me look.',
      tool_calls: [{ function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
    });
    expect(completion.usage?.completion_tokens).toBe(provider.bill.lines[0]?.usage.output);
  });

  it('stops, and stops billing, soon after the client broke off', async () => {
    const openai = await client({ usage: { output: 500 }, text: 'word '.repeat(500).trim(), paceMs: 1 });
    const stream = await openai.chat.completions.create({ ...hello, stream: true });
    let seen = 0;
    for await (const _ of stream) {
      seen += 1;
      if (seen === 10) break;
    }
    await provider.settled();
    const [line] = provider.bill.lines;
    expect(line).toMatchObject({ aborted: true, state: 'billed' });
    expect(line?.sentEvents).toBeGreaterThanOrEqual(10);
    expect(line?.sentEvents).toBeLessThan(100);
    // The first event brings the role, every other one token.
    expect(line?.usage).toEqual(usageOf({ input: 11, output: (line?.sentEvents ?? 0) - 1 }));
    expect(provider.requests[0]).toMatchObject({ aborted: true, isOver: true });
  });
});
