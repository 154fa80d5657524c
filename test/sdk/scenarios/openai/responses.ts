import { moodFormat, slowly, type OpenAiScenario } from './openai-scenario.ts';

const ask = { model: 'gpt-5.5', input: 'Say hello to the world' };
const format = { type: 'json_schema' as const, ...moodFormat.json_schema };

/** The Responses API. */
export const openaiResponses: readonly OpenAiScenario[] = [
  {
    name: 'responses.create gives a response',
    plans: [{ usage: { cacheRead: 7, reasoning: 9 } }],
    async run(app) {
      app.note('response', await app.client().responses.create(ask));
    },
  },
  {
    name: 'responses.create with web searches tells them',
    plans: [{ text: 'Found', usage: { webSearches: 2 } }],
    async run(app) {
      app.note('response', await app.client().responses.create({ ...ask, tools: [{ type: 'web_search' }] }));
    },
  },
  {
    name: 'responses.create streams',
    plans: [{ usage: { cacheRead: 7, reasoning: 9 } }],
    async run(app) {
      await app.reads('event', await app.client().responses.create({ ...ask, stream: true }));
    },
  },
  {
    name: 'responses.create stream that stops at its cap ends as incomplete',
    async run(app) {
      const body = { ...ask, stream: true as const, max_output_tokens: 4 };
      await app.reads('event', await app.client().responses.create(body));
    },
  },
  {
    name: 'responses.create that stops at its cap is incomplete',
    plans: [{ fault: { kind: 'incomplete' } }],
    async run(app) {
      app.note('response', await app.client().responses.create(ask));
    },
  },
  {
    name: 'responses.create stream that the app breaks off cancels the HTTP stream',
    plans: [slowly],
    state: 'estimated',
    outcome: 'aborted',
    billVaries: true,
    async run(app) {
      for await (const event of await app.client().responses.create({ ...ask, stream: true })) {
        app.note('event', event);
        if (event.type === 'response.output_text.delta') break;
      }
    },
  },
  {
    name: 'responses.parse gives the parsed answer',
    since: 5,
    async run(app) {
      app.note('response', await app.client().responses.parse({ ...ask, text: { format } }));
    },
  },
  {
    name: 'responses.stream emits its events and the final response',
    since: 5,
    async run(app) {
      const runner = app.client().responses.stream(ask);
      app.note('runner', runner);
      runner.on('event', (event) => app.note('event', event));
      runner.on('response.output_text.delta', (event) => app.note('delta', event));
      app.note('response', await runner.finalResponse());
    },
  },
  {
    name: 'responses.create in the background is read by a retrieve',
    // Half a second, so that the first look finds it under way.
    plans: [{ text: 'word '.repeat(100).trim(), paceMs: 5 }],
    async run(app) {
      const client = app.client();
      const { id, status } = await client.responses.create({ ...ask, background: true });
      app.note('created', status);
      app.note('under way', (await client.responses.retrieve(id)).status);
      await app.provider.settled();
      app.note('response', await client.responses.retrieve(id));
      app.note('again', (await client.responses.retrieve(id)).status);
    },
  },
  {
    name: 'responses.inputTokens.count is no call',
    since: 6,
    calls: 0,
    async run(app) {
      app.note('count', await app.client().responses.inputTokens.count(ask));
    },
  },
];
