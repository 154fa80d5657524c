import { connect } from 'node:net';
import OpenAI, { APIConnectionError } from 'openai';
import { describe, expect, it, vi } from 'vitest';
import { readAll } from './read-all.ts';
import { startProvider, type Provider } from './start-provider.ts';

const hello = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Say hello' }] };

function clientOf(provider: Provider): OpenAI {
  return new OpenAI({ apiKey: 'sim', baseURL: provider.openaiBaseUrl, maxRetries: 0 });
}

describe('a provider', () => {
  it('tells each request before it is answered, and writes down what was sent', async () => {
    await using provider = await startProvider();
    const seen: number[] = [];
    const stop = provider.onRequest((request) => seen.push(request.number));
    const openai = clientOf(provider);
    await openai.chat.completions.create(hello, { headers: { 'x-sim-key': 'mine' } });
    stop();
    const reply = await openai.chat.completions.create(hello).asResponse();
    const bytes = (await reply.arrayBuffer()).byteLength;
    await provider.settled();
    expect(seen).toEqual([1]);
    expect(provider.requests[0]).toMatchObject({
      method: 'POST',
      url: '/v1/chat/completions',
      key: 'mine',
      body: hello,
      status: 200,
    });
    expect(provider.requests[1]).toMatchObject({
      number: 2,
      key: 'Say hello',
      bytesSent: bytes,
      aborted: false,
      isOver: true,
    });
  });

  it('needs no bodies to work', async () => {
    await using provider = await startProvider({ keepBodies: false });
    await clientOf(provider).chat.completions.create(hello);
    expect(provider.requests[0]?.body).toBeUndefined();
    expect(provider.bill.nanoUsd).toBeGreaterThan(0);
  });

  it('bills by the prices that it is given, the clock included', async () => {
    await using provider = await startProvider({
      prices: { 'gpt-4o': { input: '1000', output: '0' } },
      now: () => 42,
      script: () => ({ usage: { input: 7 } }),
    });
    await clientOf(provider).chat.completions.create(hello);
    expect(provider.bill.nanoUsd).toBe(7_000_000);
    expect(provider.bill.timeline).toEqual([{ at: 42, number: 1, nanoUsd: 7_000_000 }]);
  });

  it('bills a model without a price at nothing, and says so', async () => {
    await using provider = await startProvider();
    await clientOf(provider).chat.completions.create({ ...hello, model: 'gpt-of-tomorrow' });
    expect(provider.bill.lines).toMatchObject([{ state: 'billed', price: undefined, nanoUsd: 0 }]);
  });

  it('turns away what is no JSON and what names no model', async () => {
    await using provider = await startProvider();
    const statuses = await Promise.all(
      ['{"model"', '{}'].map(async (body) => {
        const reply = await fetch(`${provider.openaiBaseUrl}/chat/completions`, { method: 'POST', body });
        return reply.status;
      }),
    );
    expect(statuses).toEqual([400, 400]);
    expect(provider.bill.nanoUsd).toBe(0);
  });

  it('bills nothing to a client that went away before it had asked', async () => {
    await using provider = await startProvider();
    const socket = connect(Number(new URL(provider.url).port), '127.0.0.1');
    const half = 'POST /v1/chat/completions HTTP/1.1\r\nhost: sim\r\ncontent-length: 900\r\n\r\n{"model"';
    socket.write(half, () => socket.destroy());
    await vi.waitFor(() =>
      expect(provider.requests).toMatchObject([{ aborted: true, isOver: true, status: undefined }]),
    );
    expect(provider.bill.nanoUsd).toBe(0);
  });

  it('says loudly that a script threw', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    await using provider = await startProvider({
      script: () => {
        throw new Error('a bug in the script');
      },
    });
    await expect(clientOf(provider).chat.completions.create(hello)).rejects.toMatchObject({ status: 500 });
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('a bug in the script'));
    warned.mockRestore();
  });

  it('serves 200 streams at a time, and the bill is the sum of what each was told', async () => {
    await using provider = await startProvider();
    const openai = clientOf(provider);
    const told = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const body = { ...hello, messages: [{ role: 'user' as const, content: `Call ${index}` }] };
        const stream = await openai.chat.completions.create({
          ...body,
          stream: true,
          stream_options: { include_usage: true },
        });
        const last = (await readAll(stream)).at(-1);
        return 2500 * (last?.usage?.prompt_tokens ?? 0) + 10_000 * (last?.usage?.completion_tokens ?? 0);
      }),
    );
    await provider.settled();
    expect(provider.bill.nanoUsd).toBe(told.reduce((sum, nanoUsd) => sum + nanoUsd, 0));
    const sums = provider.bill.timeline.map((instant) => instant.nanoUsd);
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    expect(sums.at(-1)).toBe(provider.bill.nanoUsd);
  });

  it('closes though a call hangs and a response is being made', async () => {
    const provider = await startProvider({
      script: ({ route }) =>
        route === 'responses' ? { usage: { output: 1e6 }, paceMs: 1 } : { fault: { kind: 'stall' } },
    });
    const openai = clientOf(provider);
    await openai.responses.create({ model: 'gpt-4o', input: 'hi', background: true });
    const arrived = new Promise((resolve) => {
      provider.onRequest(resolve);
    });
    const hanging = openai.chat.completions.create(hello).catch((error: unknown) => error);
    await arrived;
    await provider.close();
    expect(await hanging).toBeInstanceOf(APIConnectionError);
  });
});
