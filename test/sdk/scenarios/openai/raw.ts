import { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import type { ReadableStream as NodeWebStream } from 'node:stream/web';
import { chat, slowly, type OpenAiScenario } from './openai-scenario.ts';

/** The events of a stream that was read by hand: blanks between the words of its JSON say nothing. */
function eventsIn(text: string): unknown[] {
  const events = text.split('\n\n').filter((event) => event !== '');
  return events.map((event): unknown => {
    const data = event.slice('data: '.length);
    return event.startsWith('data: {') ? JSON.parse(data) : event;
  });
}

const stream = { ...chat, stream: true as const };

/** Calls whose response the app takes in hand itself. */
export const openaiRaw: readonly OpenAiScenario[] = [
  {
    name: 'withResponse gives the completion and its response',
    async run(app) {
      const promise = app.client().chat.completions.create(chat);
      const { data, response, request_id } = await promise.withResponse();
      app.note('data', data);
      app.note('request id', request_id);
      app.note('response', response);
      app.note('is a Response', response instanceof Response);
      app.note('headers', response.headers);
      app.note('status', [response.status, response.statusText, response.ok, response.redirected, response.type]);
      app.note('body was used', response.bodyUsed);
    },
  },
  {
    name: 'asResponse().json() reads the body',
    async run(app) {
      const response = await app.client().chat.completions.create(chat).asResponse();
      app.note('before', response.bodyUsed);
      app.note('json', await response.json());
      app.note('after', response.bodyUsed);
      await app.fails('a second read', () => response.text());
    },
  },
  {
    name: 'asResponse().text() reads the body',
    async run(app) {
      const response = await app.client().chat.completions.create(chat).asResponse();
      app.note('text', await response.text());
    },
  },
  {
    name: 'asResponse().arrayBuffer() and blob() read the body',
    calls: 2,
    async run(app) {
      const client = app.client();
      const first = await client.chat.completions.create(chat).asResponse();
      app.note('bytes', new Uint8Array(await first.arrayBuffer()));
      const second = await client.chat.completions.create(chat).asResponse();
      app.note('blob', (await second.blob()).size);
    },
  },
  {
    name: 'asResponse().clone() gives two bodies',
    async run(app) {
      const response = await app.client().chat.completions.create(chat).asResponse();
      const copy = response.clone();
      app.note('copy', await copy.json());
      app.note('original', await response.json());
    },
  },
  {
    name: 'asResponse() of a stream is read as text',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      app.note('text', eventsIn(await response.text()));
    },
  },
  {
    name: 'asResponse() of a stream is read through its body',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      app.note('the same body', response.body === response.body);
      const decoder = new TextDecoder();
      let text = '';
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(piece, { stream: true });
      }
      app.note('text', eventsIn(text));
    },
  },
  {
    name: 'asResponse() of a stream is read by getReader',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      const reader = response.body!.getReader();
      app.note('reader', reader);
      const decoder = new TextDecoder();
      let text = '';
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        text += decoder.decode(read.value, { stream: true });
      }
      await reader.closed;
      reader.releaseLock();
      app.note('text', eventsIn(text));
      app.note('locked', response.body!.locked);
    },
  },
  {
    name: 'asResponse() of a stream is split by body.tee',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      const [left, right] = response.body!.tee();
      app.note('left', eventsIn(await new Response(left).text()));
      app.note('right', eventsIn(await new Response(right).text()));
      app.note('locked', response.body!.locked);
    },
  },
  {
    name: 'asResponse() of a stream goes through pipeThrough',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      let text = '';
      for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) text += piece;
      app.note('text', eventsIn(text));
    },
  },
  {
    name: 'asResponse() of a stream goes through pipeTo',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      const pieces: Uint8Array[] = [];
      const sink = new WritableStream<Uint8Array>({ write: (piece) => void pieces.push(piece) });
      const piped = response.body!.pipeTo(sink);
      app.note('locked', response.body!.locked);
      await piped;
      app.note('text', eventsIn(Buffer.concat(pieces).toString()));
    },
  },
  {
    name: 'asResponse() of a stream is handed on in a response of the app',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      const own = new Response(response.body, { headers: { 'x-of': 'the app' } });
      app.note('copy', eventsIn(await own.clone().text()));
      app.note('text', eventsIn(await own.text()));
    },
  },
  {
    name: 'asResponse() of a stream is piped as a Node stream',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      const readable = Readable.fromWeb(response.body as NodeWebStream);
      app.note('text', eventsIn(await readText(readable)));
    },
  },
  {
    name: 'asResponse() of a stream is sent on as the body of a request',
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      const init = { method: 'POST', body: response.body, duplex: 'half' };
      const echoed = await fetch(`${app.provider.url}/v1/unknown`, init as RequestInit);
      app.note('status', echoed.status);
    },
  },
  {
    name: 'asResponse() of a stream whose body is cancelled cancels the HTTP stream',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      await response.body!.cancel();
    },
  },
  {
    name: 'asResponse() of a stream whose reader is cancelled cancels the HTTP stream',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      const response = await app.client().chat.completions.create(stream).asResponse();
      const reader = response.body!.getReader();
      app.note('done', (await reader.read()).done);
      await reader.cancel('enough');
    },
  },
  {
    name: 'client.post makes a call that no resource has',
    async run(app) {
      app.note('body', await app.client().post('/chat/completions', { body: chat }));
    },
  },
];
