import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import type OpenAI from 'openai';
import { chat, type OpenAiScenario } from './openai-scenario.ts';

/** Clients that are not plain ones. */
export const openaiClients: readonly OpenAiScenario[] = [
  {
    name: 'client.withOptions gives a client that works alike',
    since: 5,
    async run(app) {
      const client = app.client().withOptions({ defaultHeaders: { 'x-clone': 'yes' } });
      app.note('client', Object.getPrototypeOf(client) === app.sdk.OpenAI.prototype);
      app.note('completion', await client.chat.completions.create(chat));
    },
  },
  {
    name: 'a subclass with hooks of its own works alike',
    async run(app) {
      class Mine extends app.sdk.OpenAI {
        protected override async prepareOptions(options: { path: string }): Promise<void> {
          app.note('prepared', options.path);
        }
      }
      const client = new Mine({ apiKey: 'sim', baseURL: app.provider.openaiBaseUrl, maxRetries: 0 });
      app.note('completion', await client.chat.completions.create(chat));
    },
  },
  {
    name: 'a subclass with a makeRequest of its own is metered once',
    since: 5,
    async run(app) {
      type Base = { makeRequest(...args: unknown[]): Promise<unknown> };
      class Mine extends (app.sdk.OpenAI as unknown as new (options: object) => Base) {
        override makeRequest(...args: unknown[]): Promise<unknown> {
          app.note('makeRequest', args.length);
          return super.makeRequest(...args);
        }
      }
      const client = new Mine({ apiKey: 'sim', baseURL: app.provider.openaiBaseUrl, maxRetries: 0 });
      app.note('completion', await (client as unknown as OpenAI).chat.completions.create(chat));
    },
  },
  {
    name: 'AzureOpenAI names its deployment in the path',
    async run(app) {
      const client = new app.sdk.AzureOpenAI({
        apiKey: 'sim',
        endpoint: app.provider.url,
        apiVersion: '2024-10-21',
        deployment: 'gpt-4o',
        maxRetries: 0,
      });
      app.note('completion', await client.chat.completions.create({ ...chat, model: 'gpt-4o' }));
      await app.reads('chunk', await client.chat.completions.create({ ...chat, stream: true }));
    },
    calls: 2,
  },
  {
    name: 'a client with a fetch of its own uses it',
    async run(app) {
      const fetched: typeof fetch = (input, init) => {
        app.note('fetch', init?.method);
        return fetch(input, init);
      };
      const client = app.client({ fetch: fetched });
      app.note('completion', await client.chat.completions.create(chat));
    },
  },
  {
    name: 'an AsyncLocalStorage of the app reaches its fetch and what comes after the call',
    async run(app) {
      const store = new AsyncLocalStorage<string>();
      const fetched: typeof fetch = (input, init) => {
        app.note('in fetch', store.getStore());
        return fetch(input, init);
      };
      await store.run('request-1', async () => {
        const chunks = await app.client({ fetch: fetched }).chat.completions.create({ ...chat, stream: true });
        app.note('after create', store.getStore());
        for await (const chunk of chunks) app.note(chunk.object, store.getStore());
        app.note('after the stream', store.getStore());
      });
      app.note('outside', store.getStore());
    },
  },
  {
    name: 'the CommonJS copy of the SDK in the same process is metered too',
    async run(app) {
      const other = createRequire(process.argv[1] ?? '')('openai') as typeof app.sdk;
      const client = new other.OpenAI({ apiKey: 'sim', baseURL: app.provider.openaiBaseUrl, maxRetries: 0 });
      app.note('completion', await client.chat.completions.create(chat));
    },
  },
  {
    name: 'a call made inside the fetch of another is a call of its own',
    calls: 2,
    async run(app) {
      const inner = app.client();
      const fetched: typeof fetch = async (input, init) => {
        app.note('inner', await inner.chat.completions.create(chat));
        return fetch(input, init);
      };
      app.note('outer', await app.client({ fetch: fetched }).chat.completions.create(chat));
    },
  },
];
