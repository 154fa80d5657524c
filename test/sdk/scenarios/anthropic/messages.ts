import { everyClass, hello, type AnthropicScenario } from './anthropic-scenario.ts';

const input_schema = { type: 'object' as const, properties: { city: { type: 'string' } } };

/** Messages that come in one piece, and requests that are no calls. */
export const anthropicMessages: readonly AnthropicScenario[] = [
  {
    name: 'messages.create gives a message',
    async run(app) {
      const promise = app.client().messages.create(hello);
      app.note('promise', promise);
      app.note('message', await promise);
    },
  },
  {
    name: 'messages.create tells caches of both lifetimes, thinking and searches',
    plans: [{ text: 'Found', usage: everyClass }],
    async run(app) {
      app.note('message', await app.client().messages.create(hello));
    },
  },
  {
    name: 'messages.create with tools gives a tool call',
    async run(app) {
      const tools = [{ name: 'weather', input_schema }];
      app.note('message', await app.client().messages.create({ ...hello, tools, tool_choice: { type: 'any' } }));
    },
  },
  {
    name: 'messages.create with a cap stops at it',
    plans: [{ usage: { output: 90 } }],
    async run(app) {
      app.note('message', await app.client().messages.create({ ...hello, max_tokens: 7 }));
    },
  },
  {
    name: 'beta.messages.create in the fast mode gives a message',
    since: 1,
    async run(app) {
      app.note('message', await app.client().beta.messages.create({ ...hello, speed: 'fast' }));
    },
  },
  {
    name: 'messages.create().withResponse() gives the message and its response',
    async run(app) {
      const { data, response, request_id } = await app.client().messages.create(hello).withResponse();
      app.note('data', data);
      app.note('request id', request_id);
      app.note('is a Response', response instanceof Response);
      app.note('headers', response.headers);
    },
  },
  {
    name: 'messages.create().asResponse() gives the body to read',
    async run(app) {
      const response = await app.client().messages.create(hello).asResponse();
      app.note('response', response);
      app.note('json', await response.json());
    },
  },
  {
    name: 'client.post makes a message that no resource has',
    async run(app) {
      app.note('body', await app.client().post('/v1/messages', { body: hello }));
    },
  },
  {
    name: 'client.withOptions gives a client that works alike',
    since: 1,
    async run(app) {
      const client = app.client().withOptions({ defaultHeaders: { 'x-clone': 'yes' } });
      app.note('message', await client.messages.create(hello));
    },
  },
  {
    name: 'a middleware of the app sees the request',
    since: 1,
    async run(app) {
      const seen = async (request: Request, next: (request: Request) => Promise<Response>): Promise<Response> => {
        const response = await next(request);
        app.note('middleware', response.status);
        return response;
      };
      app.note('message', await app.client({ middleware: [seen] }).messages.create(hello));
    },
  },
  {
    name: 'messages.countTokens is no call',
    calls: 0,
    async run(app) {
      const { model, messages } = hello;
      app.note('count', await app.client().messages.countTokens({ model, messages }));
    },
  },
  {
    name: 'messages.batches.create is no call',
    calls: 0,
    async run(app) {
      const requests = [{ custom_id: 'one', params: hello }];
      await app.fails('batch', () => app.client().messages.batches.create({ requests }));
    },
  },
];
