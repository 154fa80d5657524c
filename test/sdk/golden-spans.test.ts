import { beforeAll, expect, it } from 'vitest';
import { recordOf } from './describe-sdk.ts';
import type { ScenarioRecord, SeenSpan } from './scenario.ts';
import { playInApp } from './start-app.ts';

const CHAT = 'chat.completions.create gives a completion';
const RETRIED = 'chat.completions.create succeeds after two 429';
const BROKEN_OFF = 'chat stream that the app breaks off after 3 chunks cancels the HTTP stream';
const FAILED = 'chat.completions.create fails with a 400';
const MESSAGE = 'messages.create tells caches of both lifetimes, thinking and searches';

let records: ScenarioRecord[] = [];
beforeAll(async () => {
  const app = { format: 'esm', wiring: 'first' } as const;
  const played = await Promise.all([
    playInApp({ ...app, sdk: 'openai', only: [CHAT, RETRIED, BROKEN_OFF, FAILED] }),
    playInApp({ ...app, sdk: '@anthropic-ai/sdk', only: [MESSAGE] }),
  ]);
  records = played.flat();
});

function spanOf(name: string): SeenSpan {
  const [span] = recordOf(name, records).spans;
  if (span === undefined) throw new Error(`no span for '${name}'`);
  return span;
}

/** What every span says of a call of this task. */
const of = (task: string): Record<string, unknown> => ({
  'gen_ai.operation.name': 'chat',
  'server.address': '127.0.0.1',
  'server.port': expect.any(Number),
  'gen_ai.agent.name': 'tester',
  'tollgate.task.id': task,
  'tollgate.call.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  'tollgate.attempts': 1,
  'tollgate.usage.state': 'reported',
  'gen_ai.usage.cost.currency': 'USD',
  'gen_ai.usage.cost.source': 'local',
});

const priced = {
  'tollgate.cost.origin': 'table',
  'tollgate.price_table.version': expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
};
const gpt = { 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4o' };
const answered = {
  ...priced,
  'gen_ai.response.model': 'gpt-4o',
  'gen_ai.response.id': expect.stringMatching(/^chatcmpl-/),
  'openai.response.service_tier': 'default',
};

it('a completion is told with its caches, its reasoning and what each of them costs', () => {
  expect(spanOf(CHAT)).toEqual({
    name: 'chat gpt-4o',
    kind: 2,
    scope: '@tollgate/otel',
    status: { code: 0 },
    events: [],
    attributes: {
      ...of(CHAT),
      ...gpt,
      ...answered,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 11,
      'gen_ai.usage.cache_read.input_tokens': 5,
      'gen_ai.usage.output_tokens': 32,
      'gen_ai.usage.reasoning.output_tokens': 3,
      // 6 × 2,500 + 5 × 1,250 + 29 × 10,000 + 3 × 10,000 nano-USD
      'gen_ai.usage.cost.amount': 0.00034125,
      'tollgate.cost.input': 0.000015,
      'tollgate.cost.cache_read': 0.00000625,
      'tollgate.cost.output': 0.00029,
      'tollgate.cost.reasoning': 0.00003,
    },
  });
});

it('a call that was tried three times is one span that tells its attempts', () => {
  const { attributes, events, status } = spanOf(RETRIED);
  expect(status).toEqual({ code: 0 });
  expect(attributes['tollgate.attempts']).toBe(3);
  expect(events).toEqual([
    { name: 'tollgate.attempt', attributes: { 'http.request.resend_count': 1, 'http.response.status_code': 429 } },
    { name: 'tollgate.attempt', attributes: { 'http.request.resend_count': 2, 'http.response.status_code': 200 } },
  ]);
});

it('a stream that was broken off is told as an estimate of what came', () => {
  const { attributes, status } = spanOf(BROKEN_OFF);
  expect(status).toEqual({ code: 0 });
  expect(attributes).toEqual({
    ...of(BROKEN_OFF),
    ...gpt,
    ...answered,
    'gen_ai.request.stream': true,
    'gen_ai.response.time_to_first_chunk': expect.any(Number),
    'tollgate.usage.state': 'estimated',
    'tollgate.unpriced.reason': 'no_usage',
    'tollgate.call.outcome': 'aborted',
    'gen_ai.usage.input_tokens': expect.any(Number),
    'gen_ai.usage.output_tokens': expect.any(Number),
    'gen_ai.usage.cost.amount': expect.any(Number),
    'tollgate.cost.input': expect.any(Number),
    'tollgate.cost.output': expect.any(Number),
  });
});

it('a call that failed says how, and costs nothing', () => {
  const { attributes, status } = spanOf(FAILED);
  expect(status).toEqual({ code: 2 });
  expect(attributes).toEqual({
    ...of(FAILED),
    ...gpt,
    'error.type': '400',
    'gen_ai.usage.input_tokens': 0,
    'gen_ai.usage.output_tokens': 0,
    'gen_ai.usage.cost.amount': 0,
  });
});

it("the Anthropic SDK's own span is the only one, and has what it costs", () => {
  expect(recordOf(MESSAGE, records).spans).toHaveLength(1);
  const { attributes, scope } = spanOf(MESSAGE);
  expect(scope).toBe('com.anthropic.sdk.typescript');
  expect(attributes).toMatchObject({
    ...of(MESSAGE),
    ...priced,
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'claude-opus-4-8',
    'gen_ai.usage.input_tokens': 4250,
    'gen_ai.usage.cache_read.input_tokens': 3000,
    'gen_ai.usage.cache_write.input_tokens': 1200,
    'gen_ai.usage.output_tokens': 90,
    'gen_ai.usage.reasoning.output_tokens': 30,
    // 50 × 5,000 + 3,000 × 500 + 200 × 6,250 + 1,000 × 10,000 + 60 × 25,000 + 30 × 25,000 nano-USD, and 2 searches
    'gen_ai.usage.cost.amount': 0.03525,
    'tollgate.cost.input': 0.00025,
    'tollgate.cost.cache_read': 0.0015,
    'tollgate.cost.cache_write': 0.01125,
    'tollgate.cost.output': 0.0015,
    'tollgate.cost.reasoning': 0.00075,
    'tollgate.cost.fees': 0.02,
  });
});
