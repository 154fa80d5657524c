import { withAgent } from '@tollgate/otel';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, COST, USAGE } from './ask.ts';
import { startApp, type App } from './start-app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const budgets = [{ name: 'b', limit: { usd: 10 }, window: 'total' as const }];
const messages = [{ role: 'user' as const, content: 'a question' }];

// Only what looks at open calls now and then has a clock that is moved: the SDKs and the servers run on the machine's.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

function streamed({ openai }: App): Promise<AsyncIterable<unknown>> {
  return openai.chat.completions.create({ model: 'gpt-4o', max_tokens: USAGE.output, messages, stream: true });
}

function reservedNanoUsd({ tollgate }: App): number | undefined {
  return tollgate.budgets()[0]?.reserved.nanoUsd;
}

/** What was charged, and as what. */
function charged(app: App): unknown {
  const [call] = app.heard('call');
  return { outcome: call?.outcome, state: call?.cost.state, nanoUsd: app.tollgate.budgets()[0]?.spent.nanoUsd };
}

test('a stream that is read for longer than ten minutes is charged what the provider says at its end', async () => {
  await using app = await startApp({ budgets }, { script: () => ({ usage: USAGE }) });
  for await (const _ of await streamed(app)) vi.advanceTimersByTime(9 * MINUTE);
  expect(charged(app)).toEqual({ outcome: 'ok', state: 'reported', nanoUsd: COST });
});

test('a provider that takes longer than ten minutes to answer is charged what it says', async () => {
  const script = () => ({ usage: USAGE, fault: { kind: 'slow-headers', delayMs: 50 } as const });
  await using app = await startApp({ budgets }, { script });
  const answer = ask(app, 'think long', {}, { timeout: 10 * HOUR });
  await vi.waitFor(() => expect(app.provider.requests).toHaveLength(1));
  vi.advanceTimersByTime(9 * HOUR);
  expect(reservedNanoUsd(app)).toBeGreaterThan(0);
  await answer;
  expect(charged(app)).toEqual({ outcome: 'ok', state: 'reported', nanoUsd: COST });
});

test('a reply that takes longer than ten minutes to come in whole is charged what it says', async () => {
  await using app = await startApp({ budgets }, { script: () => ({ usage: USAGE }) });
  const answer = app.openai
    .withOptions({ fetch: slowly(() => vi.advanceTimersByTime(9 * MINUTE)) })
    .chat.completions.create({ model: 'gpt-4o', max_tokens: USAGE.output, messages });
  await answer;
  expect(charged(app)).toEqual({ outcome: 'ok', state: 'reported', nanoUsd: COST });
});

/** A transport whose bodies come in three pieces, with `between` done before each. */
function slowly(between: () => void): typeof fetch {
  return async (...request) => {
    const response = await fetch(...request);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const cuts = [0, 10, 20, bytes.length];
    let piece = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        between();
        controller.enqueue(bytes.subarray(cuts[piece], cuts[piece + 1]));
        piece += 1;
        if (piece === 3) controller.close();
      },
    });
    return new Response(body, response);
  };
}

test('a stream that nobody reads is settled ten minutes after it came', async () => {
  await using app = await startApp({ budgets }, { script: () => ({ usage: USAGE }) });
  await streamed(app);
  vi.advanceTimersByTime(9 * MINUTE);
  expect(reservedNanoUsd(app)).toBeGreaterThan(0);
  vi.advanceTimersByTime(MINUTE);
  expect(reservedNanoUsd(app)).toBe(0);
  expect(charged(app)).toMatchObject({ outcome: 'aborted', state: 'estimated' });
});

test('a stream that is left without being closed is settled ten minutes after the last piece, by what had come', async () => {
  const text = 'words '.repeat(60);
  await using app = await startApp({ budgets }, { script: () => ({ text }) });
  const pieces = (await streamed(app))[Symbol.asyncIterator]();
  for (let read = 0; read < 12; read += 1) {
    await pieces.next();
    vi.advanceTimersByTime(MINUTE);
  }
  vi.advanceTimersByTime(9 * MINUTE);
  expect(reservedNanoUsd(app)).toBeGreaterThan(0);
  vi.advanceTimersByTime(MINUTE);
  expect(reservedNanoUsd(app)).toBe(0);
  const [call] = app.heard('call');
  expect(call).toMatchObject({ outcome: 'aborted', cost: { state: 'estimated' } });
  expect(call?.usage.output).toBeGreaterThan(0);
});

test('a background response is charged by the retrieve that brings its usage, hours later', async () => {
  await using app = await startApp({ budgets }, { script: () => ({ usage: USAGE }) });
  const { id } = await withAgent('patient', () =>
    app.openai.responses.create({ model: 'gpt-4o', input: 'a report', max_output_tokens: 100, background: true }),
  );
  await app.provider.settled();
  vi.advanceTimersByTime(9 * HOUR);
  expect(reservedNanoUsd(app)).toBeGreaterThan(0);
  await app.openai.responses.retrieve(id);
  expect(charged(app)).toEqual({ outcome: 'ok', state: 'reported', nanoUsd: app.provider.bill.nanoUsd });
});

test('a background response that nobody retrieves is settled after a day', async () => {
  await using app = await startApp({ budgets }, { script: () => ({ usage: USAGE }) });
  await app.openai.responses.create({ model: 'gpt-4o', input: 'a report', max_output_tokens: 100, background: true });
  vi.advanceTimersByTime(23 * HOUR);
  expect(reservedNanoUsd(app)).toBeGreaterThan(0);
  vi.advanceTimersByTime(HOUR);
  expect(reservedNanoUsd(app)).toBe(0);
  expect(charged(app)).toMatchObject({ outcome: 'aborted', state: 'estimated' });
});
