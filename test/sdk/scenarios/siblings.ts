import type Groq from 'groq-sdk';
import type Together from 'together-ai';
import type { Scenario } from '../scenario.ts';

/** What SDKs by the generator behind OpenAI's have in common. */
interface SiblingClient {
  chat: { completions: { create: Create } };
  models: { list(): Promise<unknown> };
}
interface Create {
  (body: Chat & { stream: true }): Promise<AsyncIterable<unknown>>;
  (body: Chat): Promise<unknown>;
}
interface Chat {
  model: string;
  messages: { role: 'user'; content: string }[];
}

/** What each sibling is tried with, on a model of its provider. */
function siblingScenarios(model: string): readonly Scenario<unknown, SiblingClient>[] {
  const chat: Chat = { model, messages: [{ role: 'user', content: 'Say hello' }] };
  return [
    {
      name: 'chat.completions.create gives a completion',
      async run(app) {
        const promise = app.client().chat.completions.create(chat);
        app.note('promise', promise);
        app.note('completion', await promise);
      },
    },
    {
      name: 'chat stream is read to its end',
      async run(app) {
        const chunks = await app.client().chat.completions.create({ ...chat, stream: true });
        app.note('stream', chunks);
        await app.reads('chunk', chunks);
      },
    },
    {
      name: 'chat stream that the app breaks off cancels the HTTP stream',
      plans: [{ text: 'word '.repeat(300).trim(), paceMs: 1 }],
      state: 'estimated',
      outcome: 'aborted',
      billVaries: true,
      async run(app) {
        for await (const chunk of await app.client().chat.completions.create({ ...chat, stream: true })) {
          app.note('chunk', chunk);
          break;
        }
      },
    },
    {
      name: 'chat.completions.create fails with a 429 after a retry',
      plans: () => ({ fault: { kind: 'status', status: 429, retryAfterMs: 1 } }),
      outcome: 'error',
      async run(app) {
        await app.fails('create', () => app.client({ maxRetries: 1 }).chat.completions.create(chat));
      },
    },
    {
      name: 'models.list is no call',
      calls: 0,
      async run(app) {
        app.note('models', await app.client().models.list());
      },
    },
  ];
}

/** Groq's SDK. */
export const groqScenarios: readonly Scenario<typeof import('groq-sdk'), Groq>[] =
  siblingScenarios('llama-3.3-70b-versatile');

/** Together's SDK. */
export const togetherScenarios: readonly Scenario<typeof import('together-ai'), Together>[] = siblingScenarios(
  'meta-llama/Llama-3.3-70B-Instruct-Turbo',
);
