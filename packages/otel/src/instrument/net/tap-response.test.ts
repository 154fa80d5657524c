import { expect, test } from 'vitest';
import { tapResponse, type ResponseObserver } from './tap-response.ts';

/** Notes what an observer is shown; `hide` is cut out of what goes on to the reader. */
function recorder(hide?: string): ResponseObserver & { seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    chunk(bytes) {
      const text = Buffer.from(bytes).toString();
      seen.push(`chunk ${text}`);
      return text === hide ? undefined : bytes;
    },
    end: () => void seen.push('end'),
    reading: () => void seen.push('reading'),
    whole: (body) => void seen.push(`whole ${Buffer.from(body as Uint8Array).toString()}`),
    json: (body) => void seen.push(`json ${JSON.stringify(body)}`),
    cancelled: () => void seen.push('cancelled'),
    failed: (error) => void seen.push(`failed ${String(error)}`),
  };
}

function streamed(...pieces: string[]): { response: Response; cancelled: () => boolean } {
  let wasCancelled = false;
  const rest = pieces.map((piece) => Buffer.from(piece));
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = rest.shift();
        if (next === undefined) controller.close();
        else controller.enqueue(next);
      },
      cancel() {
        wasCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body), cancelled: () => wasCancelled };
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of body) text += Buffer.from(chunk).toString();
  return text;
}

test.each([
  ['json', (response: Response) => response.json(), 'json {"a":1}'],
  ['text', (response: Response) => response.text(), 'whole {"a":1}'],
  ['arrayBuffer', (response: Response) => response.arrayBuffer(), 'whole {"a":1}'],
  ['clone', (response: Response) => response.clone().json(), 'json {"a":1}'],
])('a body read by %s is seen once, and the reader gets what it would get', async (_way, read, shown) => {
  const response = new Response('{"a":1}');
  const observer = recorder();
  tapResponse(response, observer);
  expect(await read(response)).toEqual(await read(new Response('{"a":1}')));
  expect(observer.seen).toEqual(['reading', shown]);
});

test('a blob is shown to the observer too', async () => {
  const observer = recorder();
  const response = new Response('abc');
  tapResponse(response, observer);
  await response.blob();
  await expect.poll(() => observer.seen).toEqual(['reading', 'whole abc']);
});

test.each([
  ['for await', (response: Response) => readAll(response.body as unknown as AsyncIterable<Uint8Array>)],
  ['a piped stream', (response: Response) => readAll(response.body!.pipeThrough(new TransformStream()) as never)],
  ['one branch of a tee', (response: Response) => readAll(response.body!.tee()[0] as never)],
])('a stream read by %s is seen piece by piece, to its end', async (_way, read) => {
  const { response } = streamed('one', 'two');
  const observer = recorder();
  tapResponse(response, observer);
  expect(await read(response)).toBe('onetwo');
  expect(observer.seen).toEqual(['chunk one', 'chunk two', 'end']);
});

test('a reader sees what is left when a piece is hidden', async () => {
  const { response } = streamed('one', 'secret', 'two');
  tapResponse(response, recorder('secret'));
  const reader = response.body!.getReader();
  const pieces: string[] = [];
  for (let read = await reader.read(); !read.done; read = await reader.read())
    pieces.push(Buffer.from(read.value).toString());
  expect(pieces).toEqual(['one', 'two']);
});

test('a reader who stops early cancels the stream, and the observer is told', async () => {
  const { response, cancelled } = streamed('one', 'two', 'three');
  const observer = recorder();
  tapResponse(response, observer);
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    expect(Buffer.from(chunk).length).toBeGreaterThan(0);
    break;
  }
  expect(observer.seen).toEqual(['chunk one', 'cancelled']);
  expect(cancelled()).toBe(true);
});

test('a body that breaks off fails for the reader with its own error', async () => {
  const broken = new Error('socket closed');
  const response = new Response(new ReadableStream({ pull: (controller) => controller.error(broken) }));
  const observer = recorder();
  tapResponse(response, observer);
  await expect(readAll(response.body as never)).rejects.toBe(broken);
  expect(observer.seen).toEqual(['failed Error: socket closed']);
});

test('the response and its body stay the same objects', () => {
  const { response } = streamed('one');
  const body = response.body;
  tapResponse(response, recorder());
  expect(response).toBeInstanceOf(Response);
  expect(response.body).toBe(body);
  expect(response.body).toBe(response.body);
  expect(Object.keys(response)).toEqual([]);
});

test('a bring-your-own-buffer reader works as without us', async () => {
  const response = new Response(
    new ReadableStream({
      type: 'bytes',
      start(controller) {
        controller.enqueue(new TextEncoder().encode('abc'));
        controller.close();
      },
    }),
  );
  tapResponse(response, recorder());
  const reader = response.body!.getReader({ mode: 'byob' });
  const { value } = await reader.read(new Uint8Array(8));
  expect(Buffer.from(value!).toString()).toBe('abc');
});
