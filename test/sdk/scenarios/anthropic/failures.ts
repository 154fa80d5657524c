import type { Fault } from '@tollgate/provider-sim';
import { deadUrl } from '../dead-url.ts';
import { hello, slowly, type AnthropicScenario } from './anthropic-scenario.ts';

const stream = { ...hello, stream: true as const };
const malformed = { kind: 'malformed', afterEvents: 4 } as const;
const overloaded = { fault: { kind: 'status', status: 529, retryAfterMs: 1 } } as const;

function failsWith(name: string, fault: Fault, rest: Partial<AnthropicScenario> = {}): AnthropicScenario {
  return {
    name: `messages.create ${name}`,
    plans: [{ fault }],
    outcome: 'error',
    async run(app) {
      // Long enough for a busy machine to send the request.
      const timeout = fault.kind.startsWith('stall') ? 400 : 60_000;
      await app.fails('create', () => app.client({ timeout }).messages.create(hello));
    },
    ...rest,
  };
}

function streamFailsWith(name: string, fault: Fault, rest: Partial<AnthropicScenario> = {}): AnthropicScenario {
  return {
    name: `message stream ${name}`,
    plans: [{ fault }],
    outcome: 'aborted',
    state: 'estimated',
    async run(app) {
      await app.reads('event', await app.client().messages.create(stream));
    },
    ...rest,
  };
}

/** Messages that go wrong at the provider or on the way. */
export const anthropicFailures: readonly AnthropicScenario[] = [
  failsWith('fails with a 400', { kind: 'status', status: 400 }),
  failsWith('fails with a 429', { kind: 'status', status: 429 }),
  failsWith('fails with a 500', { kind: 'status', status: 500 }),
  {
    name: 'messages.create succeeds after two 529',
    plans: [overloaded, overloaded, {}],
    async run(app) {
      app.note('message', await app.client({ maxRetries: 2 }).messages.create(hello));
    },
  },
  {
    name: 'message stream succeeds after a 529',
    plans: [overloaded, {}],
    async run(app) {
      await app.reads('event', await app.client({ maxRetries: 1 }).messages.create(stream));
    },
  },
  {
    name: 'messages.create fails where nobody listens',
    outcome: 'error',
    async run(app) {
      const client = app.client({ baseURL: await deadUrl() });
      await app.fails('create', () => client.messages.create(hello));
    },
  },
  failsWith('fails when the connection is reset', { kind: 'reset' }, { state: 'estimated' }),
  failsWith('fails when the answer stalls beyond the timeout', { kind: 'stall' }, { state: 'estimated' }),
  failsWith('fails when the body breaks off', { kind: 'cut' }, { state: 'estimated', outcome: 'aborted' }),
  failsWith('fails when the JSON is cut', { kind: 'malformed' }, { state: 'estimated', outcome: 'aborted' }),
  {
    name: 'messages.create with a signal that is aborted already makes no request',
    outcome: 'aborted',
    async run(app) {
      const signal = AbortSignal.abort();
      await app.fails('create', () => app.client().messages.create(hello, { signal }));
    },
  },
  {
    name: 'messages.create that is aborted while it waits for the answer says so',
    plans: [{ fault: { kind: 'stall' } }],
    outcome: 'aborted',
    state: 'estimated',
    async run(app) {
      const controller = new AbortController();
      app.provider.onRequest(() => controller.abort());
      await app.fails('create', () => app.client().messages.create(hello, { signal: controller.signal }));
    },
  },
  {
    name: 'message stream whose signal is aborted amid it ends',
    plans: [slowly],
    outcome: 'aborted',
    state: 'estimated',
    billVaries: true,
    async run(app) {
      const controller = new AbortController();
      const events = await app.client().messages.create(stream, { signal: controller.signal });
      let count = 0;
      await app.fails('the loop', async () => {
        for await (const event of events) {
          if (count === 4) controller.abort();
          if (count <= 4) app.note('event', event);
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
  streamFailsWith('that is cut ends', { kind: 'cut', afterEvents: 5 }),
  streamFailsWith('whose connection breaks fails', { kind: 'reset-after-headers' }),
  streamFailsWith('with an error event fails', { kind: 'error-event', afterEvents: 5 }),
  streamFailsWith('with an empty body ends', { kind: 'empty-body' }),
];
