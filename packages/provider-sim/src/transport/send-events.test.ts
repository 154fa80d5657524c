import Anthropic from '@anthropic-ai/sdk';
import OpenAI, { APIError } from 'openai';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../plan.ts';
import { startProvider, type Provider } from '../start-provider.ts';

let provider: Provider;
afterEach(() => provider.close());

const messages = [{ role: 'user' as const, content: 'Say hello to the world' }];
const INPUT = 11 * 150;
const TOKEN = 600;

interface Read {
  events: number;
  error: unknown;
}

async function read(start: () => Promise<AsyncIterable<unknown>>): Promise<Read> {
  let events = 0;
  try {
    for await (const _ of await start()) events += 1;
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  } finally {
    await provider.settled();
  }
}

async function chat(fault: Fault): Promise<Read> {
  provider = await startProvider({ script: () => ({ text: 'one two three four', fault }) });
  const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 });
  return read(() => openai.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true }));
}

async function message(fault: Fault): Promise<Read> {
  provider = await startProvider({ script: () => ({ text: 'one two three four', fault }) });
  const anthropic = new Anthropic({ apiKey: 'sim', baseURL: provider.anthropicBaseUrl, maxRetries: 0 });
  return read(() => anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 50, messages, stream: true }));
}

describe('a fault amid a stream', () => {
  // Both SDKs print what they cannot parse.
  beforeEach(() => vi.spyOn(console, 'error').mockImplementation(() => {}));
  afterEach(() => vi.restoreAllMocks());

  it('cuts it in order, without an end, and owes what was sent', async () => {
    expect(await chat({ kind: 'cut', afterEvents: 3 })).toEqual({ events: 3, error: undefined });
    expect(provider.bill.lines).toMatchObject([{ sentEvents: 3, nanoUsd: INPUT + 2 * TOKEN, aborted: false }]);
  });

  it('resets the connection before the first event, and owes the input', async () => {
    const { events, error } = await chat({ kind: 'reset-after-headers' });
    expect(events).toBe(0);
    expect(error).toBeInstanceOf(Error);
    expect(provider.bill.lines).toMatchObject([{ status: 200, sentEvents: 0, nanoUsd: INPUT }]);
  });

  it('sends JSON that is broken', async () => {
    const { events, error } = await chat({ kind: 'malformed', afterEvents: 2 });
    expect(events).toBe(2);
    expect(error).toBeInstanceOf(SyntaxError);
  });

  it('sends the error event of chat completions', async () => {
    const { events, error } = await chat({ kind: 'error-event', afterEvents: 2 });
    expect(events).toBe(2);
    expect(error).toBeInstanceOf(APIError);
    expect(provider.bill.nanoUsd).toBe(INPUT + TOKEN);
  });

  it('sends the error event of responses', async () => {
    provider = await startProvider({ script: () => ({ fault: { kind: 'error-event' } }) });
    const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 });
    const { error } = await read(() => openai.responses.create({ model: 'gpt-4o-mini', input: 'hi', stream: true }));
    expect(error).toBeInstanceOf(APIError);
  });

  it('sends the error event of messages', async () => {
    const { events, error } = await message({ kind: 'error-event', afterEvents: 4 });
    expect(events).toBe(3);
    expect(error).toMatchObject({ error: { error: { type: 'overloaded_error' } } });
  });

  it('goes quiet until the client gives up, and owes what was sent', async () => {
    provider = await startProvider({
      script: () => ({ text: 'one two three four', fault: { kind: 'stall-midstream', afterEvents: 4 } }),
    });
    const openai = new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 });
    const stream = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true });
    let events = 0;
    for await (const _ of stream) {
      events += 1;
      if (events === 4) stream.controller.abort();
    }
    await provider.settled();
    expect(provider.bill.lines).toMatchObject([{ sentEvents: 4, nanoUsd: INPUT + 3 * TOKEN, aborted: true }]);
  });

  it('has nothing in it but a good status', async () => {
    expect(await chat({ kind: 'empty-body' })).toEqual({ events: 0, error: undefined });
    expect(provider.bill.nanoUsd).toBe(INPUT);
  });
});
