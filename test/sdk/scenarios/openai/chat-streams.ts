import { chat, slowly, weather, type OpenAiScenario } from './openai-scenario.ts';

const stream = { ...chat, stream: true as const };
const withUsage = { ...stream, stream_options: { include_usage: true } };

/** A transport that cuts bodies into pieces of a size of its own. */
function cutInto(size: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let from = 0; from < bytes.length; from += size) controller.enqueue(bytes.slice(from, from + size));
        controller.close();
      },
    });
    return new Response(pieces, { headers: response.headers });
  };
}

/** Chat completions that are streamed. */
export const openaiChatStreams: readonly OpenAiScenario[] = [
  {
    name: 'chat stream is read to its end',
    async run(app) {
      const chunks = await app.client().chat.completions.create(stream);
      app.note('stream', chunks);
      app.note('controller', chunks.controller);
      await app.reads('chunk', chunks);
    },
  },
  {
    name: 'chat stream with include_usage ends with the usage that was asked for',
    plans: [{ usage: { cacheRead: 4, reasoning: 2 } }],
    async run(app) {
      await app.reads('chunk', await app.client().chat.completions.create(withUsage));
    },
  },
  {
    name: 'chat stream with other stream options keeps them',
    async run(app) {
      const body = { ...stream, stream_options: { include_obfuscation: false } };
      await app.reads('chunk', await app.client().chat.completions.create(body));
    },
  },
  {
    name: 'chat stream of two choices is read to its end',
    async run(app) {
      await app.reads('chunk', await app.client().chat.completions.create({ ...stream, n: 2 }));
    },
  },
  {
    name: 'chat stream of tool calls is read to its end',
    async run(app) {
      const body = { ...stream, tools: [weather], tool_choice: 'required' as const };
      await app.reads('chunk', await app.client().chat.completions.create(body));
    },
  },
  {
    name: 'chat stream that the app breaks off after 3 chunks cancels the HTTP stream',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      let count = 0;
      for await (const chunk of await app.client().chat.completions.create(stream)) {
        app.note('chunk', chunk);
        count += 1;
        if (count === 3) break;
      }
    },
  },
  {
    name: 'chat stream with include_usage that the app breaks off after 3 chunks cancels the HTTP stream',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      let count = 0;
      for await (const chunk of await app.client().chat.completions.create(withUsage)) {
        app.note('chunk', chunk);
        count += 1;
        if (count === 3) break;
      }
    },
  },
  {
    name: 'chat stream that the app leaves at its finish reason is complete',
    // Quiet from there on: it depends on nothing when the provider notices that the app is gone.
    plans: [{ text: 'Hi', fault: { kind: 'stall-midstream', afterEvents: 3 } }],
    state: 'estimated',
    async run(app) {
      for await (const chunk of await app.client().chat.completions.create(stream)) {
        app.note('chunk', chunk);
        if (chunk.choices[0]?.finish_reason != null) break;
      }
    },
  },
  {
    name: 'chat stream that the app leaves by an error of its own cancels the HTTP stream',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      await app.fails('the loop', async () => {
        for await (const chunk of await app.client().chat.completions.create(stream)) {
          throw new Error(`enough of ${chunk.object}`);
        }
      });
    },
  },
  {
    name: 'chat stream that is ended by its controller ends quietly',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      const chunks = await app.client().chat.completions.create(stream);
      let count = 0;
      for await (const chunk of chunks) {
        if (count === 2) chunks.controller.abort();
        if (count <= 2) app.note('chunk', chunk);
        count += 1;
      }
      app.note('the end');
    },
  },
  {
    name: 'chat stream that arrives in pieces of 7 bytes is read to its end',
    async run(app) {
      const client = app.client({ fetch: cutInto(7) });
      await app.reads('chunk', await client.chat.completions.create(stream));
    },
  },
  {
    name: 'chat stream that arrives in one piece is read to its end',
    async run(app) {
      const client = app.client({ fetch: cutInto(Infinity) });
      await app.reads('chunk', await client.chat.completions.create(stream));
    },
  },
  {
    name: 'chat stream can be read once',
    async run(app) {
      const chunks = await app.client().chat.completions.create(stream);
      await app.reads('chunk', chunks);
      await app.reads('again', chunks);
    },
  },
  {
    name: 'chat stream.tee gives two streams of the same chunks',
    async run(app) {
      const [left, right] = (await app.client().chat.completions.create(stream)).tee();
      app.note('left', left);
      await app.reads('left', left);
      await app.reads('right', right);
    },
  },
  {
    name: 'chat stream.toReadableStream gives a web stream that fromReadableStream reads',
    async run(app) {
      const chunks = await app.client().chat.completions.create(stream);
      const web = chunks.toReadableStream();
      app.note('web', web);
      await app.reads('piece', web as AsyncIterable<unknown> & ReadableStream);
    },
  },
  {
    name: 'chat stream.withResponse gives the stream and its response',
    async run(app) {
      const { data, response, request_id } = await app.client().chat.completions.create(stream).withResponse();
      app.note('request id', request_id);
      app.note('response', response);
      app.note('headers', response.headers);
      await app.reads('chunk', data);
    },
  },
];
