import { everyClass, hello, slowly, type AnthropicScenario } from './anthropic-scenario.ts';

const stream = { ...hello, stream: true as const };

/** Messages that are streamed, by hand or by the SDK's helpers. */
export const anthropicStreams: readonly AnthropicScenario[] = [
  {
    name: 'message stream is read to its end',
    async run(app) {
      const events = await app.client().messages.create(stream);
      app.note('stream', events);
      await app.reads('event', events);
    },
  },
  {
    name: 'message stream tells caches of both lifetimes, thinking and searches',
    plans: [{ text: 'Found', usage: everyClass }],
    async run(app) {
      await app.reads('event', await app.client().messages.create(stream));
    },
  },
  {
    name: 'message stream that tells its caches only at its end',
    plans: [{ text: 'Found', usage: { ...everyClass, cacheWrite1h: 0 }, lateCaches: true }],
    // Nobody says for how long they live.
    state: 'estimated',
    async run(app) {
      await app.reads('event', await app.client().messages.create(stream));
    },
  },
  {
    name: 'message stream that stops at its cap',
    plans: [{ usage: { output: 90 } }],
    async run(app) {
      await app.reads('event', await app.client().messages.create({ ...stream, max_tokens: 7 }));
    },
  },
  {
    name: 'beta message stream is read to its end',
    since: 1,
    async run(app) {
      await app.reads('event', await app.client().beta.messages.create(stream));
    },
  },
  {
    name: 'message stream that the app breaks off cancels the HTTP stream',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      let count = 0;
      for await (const event of await app.client().messages.create(stream)) {
        app.note('event', event);
        count += 1;
        if (count === 5) break;
      }
    },
  },
  {
    name: 'message stream that the app leaves at its stop reason is complete',
    // Quiet from there on: it depends on nothing when the provider notices that the app is gone.
    plans: [{ text: 'Hi', usage: { input: 9, cacheRead: 5 }, fault: { kind: 'stall-midstream', afterEvents: 6 } }],
    async run(app) {
      for await (const event of await app.client().messages.create(stream)) {
        app.note('event', event);
        if (event.type === 'message_delta') break;
      }
    },
  },
  {
    name: 'message stream that is aborted while the model thinks',
    plans: [{ ...slowly, usage: { reasoning: 200, output: 300 } }],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      const events = await app
        .client()
        .messages.create({ ...stream, thinking: { type: 'enabled', budget_tokens: 400 } });
      for await (const event of events) {
        app.note('event', event);
        if (event.type === 'content_block_delta') break;
      }
    },
  },
  {
    name: 'message stream.tee gives two streams of the same events',
    async run(app) {
      const [left, right] = (await app.client().messages.create(stream)).tee();
      await app.reads('left', left);
      await app.reads('right', right);
    },
  },
  {
    name: 'message stream.withResponse gives the stream and its response',
    async run(app) {
      const { data, response } = await app.client().messages.create(stream).withResponse();
      app.note('headers', response.headers);
      await app.reads('event', data);
    },
  },
  {
    name: 'message stream read from asResponse() as text',
    async run(app) {
      const response = await app.client().messages.create(stream).asResponse();
      app.note('text', await response.text());
    },
  },
  {
    name: 'messages.stream emits its events and the final message',
    async run(app) {
      const runner = app.client().messages.stream(hello);
      app.note('runner', runner);
      for (const event of ['connect', 'streamEvent', 'text', 'message', 'finalMessage', 'end'] as const) {
        runner.on(event, (...what: unknown[]) => app.note(event, what));
      }
      app.note('text', await runner.finalText());
    },
  },
  {
    name: 'messages.stream is iterated',
    async run(app) {
      await app.reads('event', app.client().messages.stream(hello));
    },
  },
  {
    name: 'messages.stream that is aborted says so',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      const runner = app.client().messages.stream(hello);
      runner.once('text', () => runner.abort());
      await app.fails('the end', () => runner.done());
    },
  },
];
