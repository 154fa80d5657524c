import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tapResponse, type ResponseObserver } from './tap-response.ts';
import { MAX_COLLECTED_BYTES, readIfUnread, wasRead, type UnreadReply } from './unread-replies.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A reply that notes what it is told. */
function noting(isJson: boolean = true): UnreadReply & { seen: string[] } {
  const seen: string[] = [];
  return {
    isJson,
    seen,
    whole: (body) => void seen.push(`whole ${Buffer.from(body).toString()}`),
    json: (body) => void seen.push(`json ${JSON.stringify(body)}`),
    failed: (error) => void seen.push(`failed ${String(error)}`),
  };
}

/** Lets a quarter of a second go by, and reading come to its end. */
async function later(): Promise<void> {
  vi.advanceTimersByTime(250);
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
}

const IGNORING = new Proxy({} as ResponseObserver, { get: () => () => undefined });

test('a reply that nobody reads is read on a copy, and whoever comes later reads all of it', async () => {
  const response = new Response('{"a":1}');
  const reply = noting();
  readIfUnread(response, reply);
  await later();
  expect(reply.seen).toEqual(['whole {"a":1}']);
  expect(response.bodyUsed).toBe(false);
  expect(await response.json()).toEqual({ a: 1 });
});

test('replies that come together are read at one time, each once', async () => {
  const replies = ['1', '2', '3'].map((body) => ({ body, reply: noting() }));
  for (const { body, reply } of replies) readIfUnread(new Response(body), reply);
  expect(vi.getTimerCount()).toBe(1);
  await later();
  await later();
  expect(replies.map(({ reply }) => reply.seen)).toEqual([['whole 1'], ['whole 2'], ['whole 3']]);
});

test('a reply that somebody has begun to read is left to them', async () => {
  const told = noting();
  readIfUnread(new Response('1'), told);
  wasRead(told);
  const read = noting();
  const response = new Response('1');
  readIfUnread(response, read);
  const text = response.text();
  await later();
  expect([told.seen, read.seen, await text]).toEqual([[], [], '1']);
});

test('a reply whose body the app holds is left to the app', async () => {
  const looked = new Response('1');
  tapResponse(looked, IGNORING);
  expect(looked.body).toBeInstanceOf(ReadableStream);
  const locked = new Response('1');
  locked.body?.getReader();
  const replies = [looked, locked].map((response) => ({ response, reply: noting() }));
  for (const { response, reply } of replies) readIfUnread(response, reply);
  await later();
  expect(replies.map(({ reply }) => reply.seen)).toEqual([[], []]);
});

test("a transport's own response is left alone, and so is one without a body", async () => {
  const own = noting();
  readIfUnread({ bodyUsed: false, clone: () => expect.unreachable() }, own);
  const empty = noting();
  readIfUnread(new Response(null), empty);
  await later();
  expect([own.seen, empty.seen]).toEqual([[], []]);
});

test('a reply that is no JSON has nothing to be read for', async () => {
  const response = new Response('sound');
  const clone = vi.spyOn(Response.prototype, 'clone');
  const reply = noting(false);
  readIfUnread(response, reply);
  await later();
  expect(reply.seen).toEqual(['json undefined']);
  expect(clone).not.toHaveBeenCalled();
  clone.mockRestore();
});

test('a body that breaks off is told, and fails for whoever reads it later', async () => {
  const broken = new Error('socket closed');
  const response = new Response(new ReadableStream({ pull: (controller) => controller.error(broken) }));
  const reply = noting();
  readIfUnread(response, reply);
  await later();
  expect(reply.seen).toEqual(['failed Error: socket closed']);
  await expect(response.text()).rejects.toBe(broken);
});

test('no more than 16 MiB of a body are collected', async () => {
  const piece = new Uint8Array(MAX_COLLECTED_BYTES / 4);
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled += 1;
        if (pulled > 100) controller.close();
        else controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  const reply = noting();
  readIfUnread(new Response(body), reply);
  await later();
  expect(reply.seen).toEqual([]);
  expect(pulled).toBeLessThan(10);
});
