import { setImmediate as pause } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLedger, NOON } from '../budget/ledger/ledger-fixture.ts';
import type { Measures } from '../budget/measures.ts';
import { PriceTable } from '../pricing/price-table.ts';
import { OutputEstimator } from '../tokens/output-estimator.ts';
import { TokenEstimator } from '../tokens/token-estimator.ts';
import { anthropicMessages } from '../wire/anthropic-messages/anthropic-messages.ts';
import { openaiChat } from '../wire/openai-chat/openai-chat.ts';
import { openaiEmbeddings } from '../wire/openai-embeddings/openai-embeddings.ts';
import { openaiResponses } from '../wire/openai-responses/openai-responses.ts';
import { createSseTap } from '../wire/sse/sse-tap.ts';
import type { Operation, ReplyFacts, Wire } from '../wire/wire.ts';
import { Gate } from './gate.ts';
import type { GateCall } from './gate-call.ts';
import type { Hold } from './hold.ts';
import type { Settlement } from './settle.ts';

const table = PriceTable.builtIn();
const TEXT = 'hello '.repeat(500);
const MESSAGES = [{ role: 'user', content: 'hello there' }];

interface Kind {
  wire: Wire;
  operation: Operation;
  provider: string;
  body: object;
  answer: object;
}

const CHAT: Kind = {
  wire: openaiChat,
  operation: 'chat',
  provider: 'openai',
  body: { model: 'gpt-4o', max_completion_tokens: 1000, messages: MESSAGES },
  answer: {
    model: 'gpt-4o',
    choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }],
  },
};
const RESPONSES: Kind = {
  wire: openaiResponses,
  operation: 'chat',
  provider: 'openai',
  body: { model: 'gpt-5', max_output_tokens: 1000, input: 'hello there' },
  answer: {
    model: 'gpt-5',
    status: 'completed',
    output: [{ type: 'message', content: [{ type: 'output_text', text: TEXT }] }],
  },
};
const ANTHROPIC: Kind = {
  wire: anthropicMessages,
  operation: 'chat',
  provider: 'anthropic',
  body: { model: 'claude-sonnet-4-5', max_tokens: 1000, messages: MESSAGES },
  answer: { model: 'claude-sonnet-4-5', content: [{ type: 'text', text: TEXT }], stop_reason: 'end_turn' },
};
const EMBEDDINGS: Kind = {
  wire: openaiEmbeddings,
  operation: 'embeddings',
  provider: 'openai',
  body: { model: 'text-embedding-3-large', input: 'hello there' },
  answer: { model: 'text-embedding-3-large', data: [] },
};
const OPENROUTER: Kind = {
  ...CHAT,
  provider: 'openrouter',
  body: { ...CHAT.body, model: 'openai/gpt-4o' },
  answer: { ...CHAT.answer, model: 'openai/gpt-4o' },
};

function settled(kind: Kind, reply: ReplyFacts): Settlement & { spent: Measures; held: number } {
  const { ledger } = makeLedger([{ name: 'all', limit: { usd: 5, tokens: 1_000_000 }, window: 'total' }]);
  const estimators = { inputs: new TokenEstimator({ pause }), outputs: new OutputEstimator() };
  const gate = new Gate({ ledger, prices: () => table, ...estimators, unknownPrice: 'family', now: () => NOON });
  const { wire, operation, provider, body } = kind;
  const facts = wire.readRequest(operation, body)!;
  const reach = { at: {}, provider, priced: true, baseUrl: undefined, mayChange: true, startedAt: NOON };
  const call: GateCall = { ...reach, wire, operation, facts, body };
  const { hold } = gate.admit(call) as { ok: true; hold: Hold };
  const settlement = gate.settle(call, hold, { reply, billed: true, unknownAttempts: 0, ranMs: 200 });
  return { ...settlement, spent: ledger.standings(NOON)[0]!.spent, held: Math.ceil(hold.input.tokens) };
}

function answered(kind: Kind, usage: unknown): ReturnType<typeof settled> {
  return settled(kind, kind.wire.readReply(kind.operation, { ...kind.answer, usage }));
}

/** Chat usage of a stream's last chunk but the end mark. */
function streamed(usage: unknown): ReturnType<typeof settled> {
  const chunk = (choices: object[], more = {}): string =>
    `data: ${JSON.stringify({ model: 'gpt-4o', choices, usage: null, ...more })}\n\n`;
  const said = Array.from({ length: 500 }, () => chunk([{ index: 0, delta: { content: 'hello ' } }]));
  const end = [chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]), chunk([], { usage }), 'data: [DONE]\n\n'];
  const tap = createSseTap({ wire: openaiChat, operation: 'chat', hideUsageOnly: false });
  for (const event of [...said, ...end]) tap.push(new TextEncoder().encode(event));
  return settled(CHAT, tap.close());
}

describe('a usage object that says nothing', () => {
  it.each([
    ['an empty one', {}, ['no_usage']],
    ['nulls', { prompt_tokens: null, completion_tokens: null }, ['no_usage']],
    ['texts', { prompt_tokens: '9', completion_tokens: '9' }, ['inconsistent_usage', 'no_usage']],
    ['less than nothing', { prompt_tokens: -1, completion_tokens: -1 }, ['inconsistent_usage', 'no_usage']],
    [
      'more than a number holds',
      { prompt_tokens: 1e300, completion_tokens: 1e300 },
      ['inconsistent_usage', 'no_usage'],
    ],
  ])('is charged as an answer without usage: %s', (_what, usage, flags) => {
    for (const { cost, spent, held } of [answered(CHAT, usage), streamed(usage)]) {
      expect(cost).toMatchObject({ state: 'estimated', usageState: 'estimated', flags });
      expect(cost.usage.input).toBe(held);
      // 500 words.
      expect(cost.usage.output).toBeGreaterThan(400);
      expect(cost.nanoUsd).toBeGreaterThan(held * 2_500);
      expect(spent).toEqual({ nanoUsd: cost.nanoUsd, tokens: cost.usage.input + cost.usage.output });
    }
  });

  it('costs as much in a stream as in one piece', () => {
    const [whole, stream] = [answered(CHAT, {}).cost.usage.output, streamed({}).cost.usage.output];
    expect(Math.abs(whole - stream)).toBeLessThan(whole * 0.1);
  });
});

it('a response that breaks off after a search, or says nothing else, is charged for the search', () => {
  const search = { type: 'web_search_call', status: 'completed', action: { type: 'search' } };
  const reader = openaiResponses.streamReader('chat');
  reader.push({ type: 'response.created', response: { model: 'gpt-5', status: 'in_progress' } });
  reader.push({ type: 'response.output_item.done', item: search });
  const broken = settled(RESPONSES, reader.facts());
  const silent = answered({ ...RESPONSES, answer: { model: 'gpt-5', status: 'completed', output: [search] } }, {});
  for (const { cost, held } of [broken, silent]) {
    expect(cost).toMatchObject({ state: 'estimated', usage: { input: held, tools: { web_search: 1 } } });
    expect(cost.nanoUsd).toBeGreaterThan(10_000_000);
  }
});

describe('a usage object of which a part is no count', () => {
  it.each([['9'], [null], [undefined], [-1], [{}]])('keeps the input, and estimates an output of %j', (odd) => {
    const chat = answered(CHAT, { prompt_tokens: 1000, completion_tokens: odd });
    const stream = streamed({ prompt_tokens: 1000, completion_tokens: odd });
    const message = answered(ANTHROPIC, { input_tokens: 1000, output_tokens: odd });
    for (const { cost } of [chat, stream, message]) {
      expect(cost).toMatchObject({ state: 'estimated', usage: { input: 1000 } });
      expect(cost.usage.output).toBeGreaterThan(400);
      expect(cost.flags).toContain('no_usage');
    }
  });

  it('keeps the output, and estimates the input', () => {
    const { cost, held } = answered(CHAT, { prompt_tokens: 'x', completion_tokens: 7 });
    expect(cost).toMatchObject({ state: 'estimated', usage: { input: held, output: 7 } });
  });

  it('is charged as unread where its amount is more than all money', () => {
    const { cost, held } = answered(CHAT, { prompt_tokens: 9e15, completion_tokens: 9e15 });
    expect(cost).toMatchObject({ state: 'estimated', usage: { input: held } });
    expect(cost.flags).toEqual(['implausible_usage', 'amount_too_large', 'no_usage']);
    expect(cost.nanoUsd).toBeLessThan(1e9);
  });

  it('costs what the provider bills, and its tokens are estimated', () => {
    const { cost, spent } = answered(OPENROUTER, { cost: 0.25, prompt_tokens: '9', completion_tokens: '9' });
    expect(cost).toMatchObject({ nanoUsd: 250_000_000, state: 'reported', usageState: 'estimated' });
    expect(spent.tokens).toBeGreaterThan(400);
  });
});

it('a usage object of zeros is believed', () => {
  expect(answered(CHAT, { prompt_tokens: 0, completion_tokens: 0 }).cost).toMatchObject({
    nanoUsd: 0,
    state: 'reported',
    flags: [],
  });
});

it('embeddings need say no output, and may say their input as a total', () => {
  const byTotal = answered(EMBEDDINGS, { total_tokens: 8 }).cost;
  expect(byTotal).toMatchObject({ state: 'reported', usage: { input: 8 } });
  expect(answered(EMBEDDINGS, { input_tokens: 0 }).cost).toMatchObject({ state: 'estimated', flags: ['no_usage'] });
  expect(answered(EMBEDDINGS, { prompt_tokens: '8' }).cost).toMatchObject({ state: 'estimated', usage: { output: 0 } });
});

const KEYS = `
  prompt_tokens completion_tokens total_tokens input_tokens output_tokens prompt_tokens_details completion_tokens_details
  input_tokens_details output_tokens_details cached_tokens reasoning_tokens cache_creation cache_creation_input_tokens
  cache_read_input_tokens iterations seconds type meta billed_units eval_count promptTokenCount total_input_tokens
  inputTokens inputTokenDetails server_tool_use x_groq
`
  .trim()
  .split(/\s+/);
const odd = fc.constantFrom<unknown>(null, undefined, -1, NaN, Infinity, 1e300, 9e15, '9', '', true, [], {}, 0);
const leaf = fc.oneof(odd, fc.nat(10_000));
const part = fc.oneof(leaf, fc.dictionary(fc.constantFrom(...KEYS), leaf, { maxKeys: 4 }));
const anyUsage = fc.oneof(odd, fc.dictionary(fc.constantFrom(...KEYS), part, { maxKeys: 8 }));

/** A provider's own zero: all of the totals that it names are the number 0. Embeddings have no output. */
function saysZero(usage: unknown, { operation }: Kind): boolean {
  const said = { ...(usage as object) } as Record<string, unknown>;
  if (operation === 'embeddings') return (said['prompt_tokens'] ?? said['total_tokens']) === 0;
  const totals = ['prompt_tokens', 'completion_tokens', 'input_tokens', 'output_tokens'];
  const named = totals.map((name) => said[name]).filter((count) => count !== undefined);
  return named.length > 0 && named.every((count) => count === 0);
}

it.each([
  ['chat', CHAT],
  ['responses', RESPONSES],
  ['messages', ANTHROPIC],
  ['embeddings', EMBEDDINGS],
])('no answer of %s is charged nothing, unless its provider says 0', (_what, kind) => {
  fc.assert(
    fc.property(anyUsage, (usage) => {
      const { cost, spent } = answered(kind, usage);
      if (saysZero(usage, kind)) return;
      expect(spent.nanoUsd).toBeGreaterThan(0);
      expect(spent.tokens).toBeGreaterThan(0);
      expect(spent.nanoUsd).toBe(cost.nanoUsd);
      expect(spent.nanoUsd).toBeLessThan(9e15);
    }),
    { numRuns: 400 },
  );
});
