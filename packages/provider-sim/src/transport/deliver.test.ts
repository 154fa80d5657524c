import Anthropic from '@anthropic-ai/sdk';
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, RateLimitError } from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { inOrder, type Fault, type Script } from '../plan.ts';
import { startProvider, type Provider } from '../start-provider.ts';

let provider: Provider;
afterEach(() => provider.close());

const hello = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Say hello to the world' }] };
const INPUT = 11 * 150;
const TOKEN = 600;

async function client(script: Script, options: { maxRetries?: number; timeout?: number } = {}): Promise<OpenAI> {
  provider = await startProvider({ script });
  return new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0, ...options });
}

const failing =
  (fault: Fault): Script =>
  () => ({ text: 'one two three', fault });

describe('a fault in place of a reply', () => {
  it('is an error in the words of OpenAI, which costs nothing', async () => {
    const openai = await client(failing({ kind: 'status', status: 429, retryAfterMs: 1500 }));
    const error = await openai.chat.completions.create(hello).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RateLimitError);
    expect((error as RateLimitError).headers?.get('retry-after')).toBe('2');
    expect(provider.bill.lines).toMatchObject([{ status: 429, state: 'not-billed', nanoUsd: 0 }]);
  });

  it('is an error in the words of Anthropic', async () => {
    provider = await startProvider({ script: failing({ kind: 'status', status: 529 }) });
    const anthropic = new Anthropic({ apiKey: 'sim', baseURL: provider.anthropicBaseUrl, maxRetries: 0 });
    const error = await anthropic.messages.create({ ...hello, max_tokens: 5 }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ status: 529, error: { error: { type: 'overloaded_error' } } });
  });

  it('is over once its key has used its plans up: the SDK retries, and only the good reply is billed', async () => {
    const limited = { fault: { kind: 'status', status: 429, retryAfterMs: 1 } as const };
    const openai = await client(inOrder([limited, limited, { text: 'at last' }]), { maxRetries: 2 });
    const completion = await openai.chat.completions.create(hello);
    expect(completion.choices[0]?.message.content).toBe('at last');
    expect(provider.bill.lines.map((line) => [line.status, line.state])).toEqual([
      [429, 'not-billed'],
      [429, 'not-billed'],
      [200, 'billed'],
    ]);
    expect(provider.requests.map((request) => request.headers['x-stainless-retry-count'])).toEqual(['0', '1', '2']);
    expect(provider.bill).toMatchObject({ nanoUsd: INPUT + 2 * TOKEN, billedRequests: 1 });
  });

  it('strikes each of many concurrent callers in its own turn', async () => {
    const openai = await client(inOrder([{ fault: { kind: 'status', status: 503, retryAfterMs: 1 } }]), {
      maxRetries: 1,
    });
    const keys = Array.from({ length: 40 }, (_, index) => `caller-${index}`);
    await Promise.all(keys.map((user) => openai.chat.completions.create({ ...hello, user })));
    for (const key of keys) {
      const statuses = provider.bill.lines.filter((line) => line.key === key).map((line) => line.status);
      expect(statuses).toEqual([503, 200]);
    }
  });

  it('can be a stall, which owes its input when it was accepted', async () => {
    const openai = await client(({ key }) => ({ fault: { kind: 'stall', accepted: key !== 'turned-away' } }), {
      timeout: 100,
    });
    const asked = [{ user: 'let-in' }, { user: 'turned-away' }];
    const errors = await Promise.all(
      asked.map((who) => openai.chat.completions.create({ ...hello, ...who }).catch((reason: unknown) => reason)),
    );
    await provider.settled();
    for (const error of errors) expect(error).toBeInstanceOf(APIConnectionTimeoutError);
    const owed = Object.fromEntries(provider.bill.lines.map((line) => [line.key, line.nanoUsd]));
    expect(owed).toEqual({ 'let-in': INPUT, 'turned-away': 0 });
    expect(provider.requests.every((request) => request.aborted && request.status === undefined)).toBe(true);
  });

  it('can be a reset, which owes nothing unless it was accepted', async () => {
    const openai = await client(({ key }) => ({ fault: { kind: 'reset', accepted: key === 'let-in' } }));
    const asked = [{ user: 'let-in' }, { user: 'turned-away' }];
    for (const who of asked) {
      await expect(openai.chat.completions.create({ ...hello, ...who })).rejects.toBeInstanceOf(APIConnectionError);
    }
    await provider.settled();
    expect(provider.bill.lines.map((line) => [line.nanoUsd, line.aborted])).toEqual([
      [INPUT, false],
      [0, false],
    ]);
  });

  it('can be an empty body, which owes its input', async () => {
    const openai = await client(failing({ kind: 'empty-body' }));
    const reply = await openai.chat.completions.create(hello).asResponse();
    expect([reply.status, await reply.text()]).toEqual([200, '']);
    expect(provider.bill.nanoUsd).toBe(INPUT);
  });

  it('can be no more than a delay', async () => {
    const openai = await client(failing({ kind: 'slow-headers', delayMs: 30 }));
    const started = performance.now();
    await openai.chat.completions.create(hello);
    expect(performance.now() - started).toBeGreaterThanOrEqual(29);
    expect(provider.bill.nanoUsd).toBe(INPUT + 3 * TOKEN);
  });
});

describe('a fault amid a reply in one piece', () => {
  it.each([
    [{ kind: 'reset-after-headers' }, TypeError],
    [{ kind: 'cut' }, TypeError],
    [{ kind: 'malformed' }, SyntaxError],
  ] as const)('breaks the body (%o), and all of it is owed', async (fault, kind) => {
    const openai = await client(failing(fault));
    await expect(openai.chat.completions.create(hello)).rejects.toBeInstanceOf(kind);
    await provider.settled();
    expect(provider.bill.lines).toMatchObject([{ status: 200, nanoUsd: INPUT + 3 * TOKEN, aborted: false }]);
  });

  it('leaves the client waiting for the other half', async () => {
    const openai = await client(failing({ kind: 'stall-midstream' }));
    const gone = new AbortController();
    const reply = await openai.chat.completions.create(hello, { signal: gone.signal }).asResponse();
    gone.abort();
    await expect(reply.text()).rejects.toMatchObject({ name: 'AbortError' });
    await provider.settled();
    expect(provider.bill.lines).toMatchObject([{ aborted: true, nanoUsd: INPUT + 3 * TOKEN }]);
  });

  it('is a 500 where a stream would have an error event', async () => {
    const openai = await client(failing({ kind: 'error-event' }));
    await expect(openai.chat.completions.create(hello)).rejects.toMatchObject({ status: 500 });
    expect(provider.bill.nanoUsd).toBe(0);
  });

  it('ends at its cap when the model stops early', async () => {
    const openai = await client(failing({ kind: 'incomplete' }));
    const [completion, response] = await Promise.all([
      openai.chat.completions.create(hello),
      openai.responses.create({ model: 'gpt-4o-mini', input: 'hi' }),
    ]);
    expect(completion.choices[0]?.finish_reason).toBe('length');
    expect(response.status).toBe('incomplete');
  });

  it('owes what was generated until the client went away', async () => {
    const script: Script = () => ({ usage: { output: 100_000 }, paceMs: 1 });
    const openai = await client(script, { timeout: 60 });
    await expect(openai.chat.completions.create(hello)).rejects.toBeInstanceOf(APIConnectionTimeoutError);
    await provider.settled();
    const [line] = provider.bill.lines;
    expect(line).toMatchObject({ aborted: true, status: undefined, usage: { input: 11 } });
    expect(line?.usage.output).toBeGreaterThanOrEqual(40);
    expect(line?.usage.output).toBeLessThan(10_000);
  });
});
