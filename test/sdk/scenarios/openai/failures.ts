import { once } from 'node:events';
import type { Fault } from '@tollgate/provider-sim';
import { deadUrl } from '../dead-url.ts';
import { chat, slowly, type OpenAiScenario } from './openai-scenario.ts';

const stream = { ...chat, stream: true as const };
const malformed = { kind: 'malformed', afterEvents: 3 } as const;
const tooMany = { fault: { kind: 'status', status: 429, retryAfterMs: 1 } } as const;

function failsWith(name: string, fault: Fault, rest: Partial<OpenAiScenario> = {}): OpenAiScenario {
  return {
    name: `chat.completions.create ${name}`,
    plans: [{ fault }],
    outcome: 'error',
    async run(app) {
      // Long enough for a busy machine to send the request.
      const timeout = fault.kind.startsWith('stall') ? 400 : 60_000;
      await app.fails('create', () => app.client({ timeout }).chat.completions.create(chat));
    },
    ...rest,
  };
}

function streamFailsWith(name: string, fault: Fault, rest: Partial<OpenAiScenario> = {}): OpenAiScenario {
  return {
    name: `chat stream ${name}`,
    plans: [{ fault }],
    outcome: 'aborted',
    state: 'estimated',
    async run(app) {
      await app.reads('chunk', await app.client().chat.completions.create(stream));
    },
    ...rest,
  };
}

/** Calls that go wrong at the provider or on the way. */
export const openaiFailures: readonly OpenAiScenario[] = [
  failsWith('fails with a 400', { kind: 'status', status: 400 }),
  failsWith('fails with a 429', { kind: 'status', status: 429 }),
  failsWith('fails with a 500', { kind: 'status', status: 500 }),
  {
    name: 'chat.completions.create that fails and that nobody awaits is an unhandled rejection',
    plans: [{ fault: { kind: 'status', status: 400 } }],
    outcome: 'error',
    async run(app) {
      const unhandled = once(process, 'unhandledRejection');
      void app.client().chat.completions.create(chat);
      app.note('unhandled', (await unhandled)[0]);
    },
  },
  {
    name: 'chat.completions.create succeeds after two 429',
    plans: [tooMany, tooMany, {}],
    async run(app) {
      const client = app.client({ maxRetries: 2 });
      app.note('completion', await client.chat.completions.create(chat));
    },
  },
  {
    name: 'chat stream succeeds after a 500',
    plans: [{ fault: { kind: 'status', status: 500, retryAfterMs: 1 } }],
    async run(app) {
      const client = app.client({ maxRetries: 1 });
      await app.reads('chunk', await client.chat.completions.create(stream));
    },
  },
  {
    name: 'chat.completions.create fails with a 429 when no retry is left',
    plans: [tooMany, tooMany],
    outcome: 'error',
    async run(app) {
      await app.fails('create', () => app.client({ maxRetries: 1 }).chat.completions.create(chat));
    },
  },
  {
    name: 'chat.completions.create fails where nobody listens',
    outcome: 'error',
    async run(app) {
      const client = app.client({ baseURL: await deadUrl() });
      await app.fails('create', () => client.chat.completions.create(chat));
    },
  },
  failsWith('fails when the connection is reset', { kind: 'reset' }, { state: 'estimated' }),
  failsWith('fails when the answer stalls beyond the timeout', { kind: 'stall' }, { state: 'estimated' }),
  failsWith('fails when the body breaks off', { kind: 'cut' }, { state: 'estimated', outcome: 'aborted' }),
  failsWith('fails when the JSON is cut', { kind: 'malformed' }, { state: 'estimated', outcome: 'aborted' }),
  failsWith(
    'fails when the body stalls',
    { kind: 'stall-midstream' },
    { state: 'estimated', outcome: 'aborted', since: 7 },
  ),
  {
    name: 'chat.completions.create succeeds when its body stalls and the SDK tries again',
    since: 7,
    plans: [{ fault: { kind: 'stall-midstream' } }, {}],
    state: 'estimated',
    async run(app) {
      const client = app.client({ timeout: 400, maxRetries: 1 });
      app.note('completion', await client.chat.completions.create(chat));
    },
  },
  {
    name: 'chat.completions.create with a signal that is aborted already makes no request',
    outcome: 'aborted',
    async run(app) {
      const signal = AbortSignal.abort();
      await app.fails('create', () => app.client().chat.completions.create(chat, { signal }));
    },
  },
  {
    name: 'chat.completions.create that is aborted while it waits for the answer says so',
    plans: [{ fault: { kind: 'stall' } }],
    outcome: 'aborted',
    state: 'estimated',
    async run(app) {
      const controller = new AbortController();
      app.provider.onRequest(() => controller.abort());
      await app.fails('create', () => app.client().chat.completions.create(chat, { signal: controller.signal }));
    },
  },
  {
    name: 'chat stream whose signal is aborted amid it ends',
    plans: [slowly],
    outcome: 'aborted',
    state: 'estimated',
    billVaries: true,
    async run(app) {
      const controller = new AbortController();
      const chunks = await app.client().chat.completions.create(stream, { signal: controller.signal });
      let count = 0;
      await app.fails('the loop', async () => {
        for await (const chunk of chunks) {
          if (count === 1) controller.abort();
          if (count <= 1) app.note('chunk', chunk);
          count += 1;
        }
        return 'ended';
      });
    },
  },
  streamFailsWith('with a malformed event fails', malformed, {
    plans: [{ ...slowly, fault: malformed }],
    billVaries: true,
  }),
  streamFailsWith('that is cut ends', { kind: 'cut', afterEvents: 3 }),
  streamFailsWith('whose connection breaks fails', { kind: 'reset-after-headers' }),
  streamFailsWith('with an error event fails', { kind: 'error-event', afterEvents: 3 }),
  streamFailsWith('with an empty body ends', { kind: 'empty-body' }),
];
