import { describe, expect, it } from 'vitest';

import { Input } from '../input.ts';
import { requestFacts } from '../request-facts.ts';
import type { ReplyFacts, RequestFacts } from '../wire.ts';
import { anthropicMessages } from './anthropic-messages.ts';

const model = 'claude-opus-4-8';
const plain: RequestFacts = requestFacts('chat', model, new Input());
const capped = { 'gen_ai.request.max_tokens': 100 };

const twoTools = [
  { name: 'now', input_schema: {}, cache_control: { type: 'ephemeral' } },
  { type: 'web_search_20250305', name: 'web_search' },
];

const requests: [what: string, body: object, facts: RequestFacts][] = [
  [
    'a system prompt and messages',
    { system: 'Be brief.', messages: [{ role: 'user', content: 'Hello!' }] },
    { ...plain, textLength: 15, messages: 1, outputCap: 100, params: capped },
  ],
  [
    'everything that a span shows and a price depends on',
    {
      messages: [],
      temperature: 0.5,
      top_k: 5,
      stop_sequences: ['END'],
      stream: true,
      output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } },
      service_tier: 'standard_only',
      speed: 'fast',
      inference_geo: 'us',
      thread: { type: 'continue' },
    },
    {
      ...plain,
      textLength: 2,
      stream: true,
      outputCap: 100,
      storedInput: true,
      serviceTier: 'standard_only',
      speed: 'fast',
      geo: 'us',
      params: {
        ...capped,
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.top_k': 5,
        'gen_ai.request.stop_sequences': ['END'],
        'gen_ai.request.stream': true,
        'gen_ai.request.reasoning.level': 'low',
        'gen_ai.output.type': 'json',
      },
    },
  ],
  [
    'blocks within blocks, images and documents',
    {
      system: [{ type: 'text', text: 'ab', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', data: 'AAAA' } },
            { type: 'document', title: 'T', source: { type: 'base64', data: 'AAAA' } },
            { type: 'document', source: { type: 'text', data: 'plain' } },
            { type: 'tool_result', content: [{ type: 'text', text: 'ok' }, { type: 'image' }] },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 'long' },
            { type: 'tool_use', id: 'x', name: 'now', input: { a: 1 } },
          ],
        },
      ],
    },
    {
      ...plain,
      textLength: 2 + 1 + 5 + 2 + 2 + 3 + 7,
      messages: 1 + 1 + 4 + 2 + 1 + 2,
      media: { images: 2, audio: 0, files: 1 },
      mayWriteCache: true,
      longCache: true,
      outputCap: 100,
      params: capped,
    },
  ],
  [
    'tools of its own and of the provider',
    {
      messages: [],
      tools: twoTools,
    },
    {
      ...plain,
      textLength: JSON.stringify(twoTools).length,
      tools: 2,
      serverTools: true,
      mayWriteCache: true,
      outputCap: 100,
      params: capped,
    },
  ],
  [
    'more thinking than its cap, as between tools',
    { messages: [], thinking: { type: 'enabled', budget_tokens: 5000 } },
    { ...plain, outputCap: 5000, params: capped },
  ],
];

describe('a messages request', () => {
  it.each(requests)('is read with %s', (_what, body, facts) => {
    expect(anthropicMessages.readRequest('chat', { model, max_tokens: 100, ...body })).toEqual(facts);
  });

  it('gives every string that becomes input', () => {
    const tools = [{ name: 'now', input_schema: {} }];
    const body = { system: 'one', messages: [{ role: 'user', content: [{ type: 'text', text: 'two' }] }], tools };
    expect(anthropicMessages.texts('chat', body)).toEqual(['one', 'two', JSON.stringify(tools)]);
  });

  it.each([
    [{ max_tokens: 8000 }, { max_tokens: 3000 }],
    [{ max_tokens: 200 }, { max_tokens: 200 }],
    [{}, { max_tokens: 3000 }],
    [
      { max_tokens: 8000, thinking: { type: 'enabled', budget_tokens: 6000 } },
      { max_tokens: 3000, thinking: { type: 'enabled', budget_tokens: 1500 } },
    ],
    [
      { max_tokens: 900, thinking: { type: 'enabled', budget_tokens: 6000 } },
      { max_tokens: 900, thinking: { type: 'disabled' } },
    ],
  ])('of %j has its cap lowered with its thinking', (body, lowered) => {
    expect(anthropicMessages.withOutputCap('chat', body, 3000)).toEqual(lowered);
  });
});

const started = {
  input_tokens: 50,
  cache_read_input_tokens: 30,
  cache_creation_input_tokens: 0,
  service_tier: 'standard',
};
const start = (usage: object) => ({
  type: 'message_start',
  message: { id: 'msg_1', model, type: 'message', content: [], stop_reason: null, usage },
});
const said = (delta: object) => ({ type: 'content_block_delta', index: 0, delta });
const delta = (usage: object) => ({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage });

const known: ReplyFacts = {
  id: 'msg_1',
  model,
  finishReasons: ['end_turn'],
  usage: { ...started, output_tokens: 800 },
  usageFinal: true,
  context: { api: 'messages', service_tier: 'standard' },
  outputLength: 5,
  complete: true,
  pending: false,
};

const streams: [what: string, events: unknown[], facts: ReplyFacts][] = [
  [
    'totals that take the place of what came before',
    [
      start({ ...started, output_tokens: 1 }),
      said({ type: 'text_delta', text: 'Hello' }),
      delta({ output_tokens: 800, cache_read_input_tokens: 30, input_tokens: null }),
      { type: 'message_stop' },
    ],
    known,
  ],
  [
    'cache fields only at the end',
    [
      start({ input_tokens: 50, output_tokens: 1 }),
      delta({ cache_read_input_tokens: 30, cache_creation_input_tokens: 20, output_tokens: 800 }),
    ],
    {
      ...known,
      usage: { input_tokens: 50, cache_read_input_tokens: 30, cache_creation_input_tokens: 20, output_tokens: 800 },
      context: { api: 'messages' },
      outputLength: 0,
    },
  ],
  [
    'no placeholder for the output where it breaks off',
    [
      start({ ...started, output_tokens: 1, output_tokens_details: { thinking_tokens: 0 } }),
      { type: 'ping' },
      { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', name: 'now', input: {} } },
      said({ type: 'input_json_delta', partial_json: '{"a"' }),
      said({ type: 'thinking_delta', thinking: 'hm' }),
      said({ type: 'signature_delta', signature: 'long' }),
    ],
    { ...known, finishReasons: [], usage: started, usageFinal: false, outputLength: 9, complete: false },
  ],
  [
    'nothing at all',
    [],
    {
      ...known,
      id: undefined,
      model: undefined,
      finishReasons: [],
      usage: undefined,
      usageFinal: false,
      context: { api: 'messages' },
      outputLength: 0,
      complete: false,
    },
  ],
];

describe('a messages reply', () => {
  it.each(streams)('is read as a stream with %s', (_what, events, facts) => {
    const reader = anthropicMessages.streamReader('chat');
    for (const event of events) reader.push(event);
    expect(reader.facts()).toEqual(facts);
  });

  it('is read whole, with the speed and the place that it was served from', () => {
    const usage = { input_tokens: 1, output_tokens: 2, service_tier: 'priority', speed: 'fast', inference_geo: 'us' };
    const content = [
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text: 'Hello' },
      { type: 'tool_use', name: 'now', input: { a: 1 } },
    ];
    expect(
      anthropicMessages.readReply('chat', { id: 'msg_1', model, content, stop_reason: 'tool_use', usage }),
    ).toEqual({
      ...known,
      finishReasons: ['tool_use'],
      usage,
      context: { api: 'messages', service_tier: 'priority', speed: 'fast', inference_geo: 'us' },
      outputLength: 2 + 5 + 3 + 7,
    });
  });
});
