import { describe, expect, it } from 'vitest';

import { Input } from '../input.ts';
import { requestFacts } from '../request-facts.ts';
import type { ReplyFacts, RequestFacts } from '../wire.ts';
import { openaiResponses, retrievedResponse } from './openai-responses.ts';

const model = 'gpt-6.1-terra';
const plain: RequestFacts = requestFacts('chat', model, new Input());

const requests: [what: string, body: object, facts: RequestFacts][] = [
  [
    'instructions and a text',
    { instructions: 'Be brief.', input: 'Hello!' },
    { ...plain, textLength: 15, messages: 1 },
  ],
  [
    'everything that a span shows and a price depends on',
    {
      input: [],
      temperature: 1,
      max_output_tokens: 50,
      reasoning: { effort: 'high' },
      text: { format: { type: 'json_schema', schema: {} } },
      service_tier: 'priority',
      previous_response_id: 'resp_0',
      conversation: { id: 'conv_1' },
      background: true,
      stream: true,
      prompt_cache_options: { ttl: '30m' },
    },
    {
      ...plain,
      textLength: 2,
      stream: true,
      outputCap: 50,
      storedInput: true,
      mayWriteCache: true,
      serviceTier: 'priority',
      background: true,
      params: {
        'gen_ai.request.temperature': 1,
        'gen_ai.request.max_tokens': 50,
        'gen_ai.request.reasoning.level': 'high',
        'gen_ai.output.type': 'json',
        'openai.request.service_tier': 'priority',
        'gen_ai.request.previous_response.id': 'resp_0',
        'gen_ai.conversation.id': 'conv_1',
        'gen_ai.request.stream': true,
      },
    },
  ],
  [
    'items of all kinds',
    {
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Look' },
            { type: 'input_image', image_url: 'data:,' },
          ],
        },
        { role: 'user', content: [{ type: 'input_file', file_data: 'AAAA' }] },
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
        { type: 'function_call', name: 'now', arguments: '{}' },
        { type: 'function_call_output', output: 'noon' },
        { type: 'image_generation_call', result: 'AAAA' },
        { type: 'mcp_call', name: 'x' },
      ],
    },
    {
      ...plain,
      textLength: 4 + 2 + 3 + 2 + 4 + '{"type":"mcp_call","name":"x"}'.length,
      messages: 7 + 2 + 1 + 1,
      media: { images: 2, audio: 0, files: 1 },
    },
  ],
  [
    'tools of the app and of the provider',
    { input: '', tools: [{ type: 'function', name: 'now' }, { type: 'web_search' }] },
    { ...plain, messages: 1, textLength: 56, tools: 2, serverTools: true },
  ],
];

describe('a responses request', () => {
  it.each(requests)('is read with %s', (_what, body, facts) => {
    expect(openaiResponses.readRequest('chat', { model, ...body })).toEqual(facts);
  });

  it('has its cap set, or lowered', () => {
    expect(openaiResponses.withOutputCap('chat', { model }, 10)).toEqual({ model, max_output_tokens: 10 });
    expect(openaiResponses.withOutputCap('chat', { max_output_tokens: 5 }, 10)).toEqual({ max_output_tokens: 5 });
  });

  it('gives every string that becomes input', () => {
    expect(openaiResponses.texts('chat', { instructions: 'one', input: 'two' })).toEqual(['one', 'two']);
  });

  it.each([
    ['get', '/responses/resp_1', 'resp_1'],
    ['GET', '/v1/responses/resp_1?stream=true', 'resp_1'],
    ['get', '/responses/resp_1/input_items', undefined],
    ['post', '/responses/resp_1', undefined],
    ['get', '/responses', undefined],
  ])('by %s %s asks for %s', (method, path, id) => {
    expect(retrievedResponse(method, path)).toBe(id);
  });
});

const usage = { input_tokens: 10, output_tokens: 4, total_tokens: 14 };
const output = [{ type: 'message', content: [{ type: 'output_text', text: 'Hello' }] }];
const response = { id: 'resp_1', model, status: 'completed', output, usage, service_tier: 'default' };
const known: ReplyFacts = {
  id: 'resp_1',
  model,
  finishReasons: ['stop'],
  usage,
  usageFinal: true,
  context: { api: 'responses', service_tier: 'default' },
  outputLength: 5,
  complete: true,
  pending: false,
};
const created = {
  type: 'response.created',
  response: { ...response, status: 'in_progress', output: [], usage: null, background: false },
};
const said = { type: 'response.output_text.delta', delta: 'Hello' };
const broken = { ...known, finishReasons: [], usage: undefined, usageFinal: false, complete: false };

const replies: [what: string, body: object, facts: ReplyFacts][] = [
  ['completed', response, known],
  [
    'with a call, reasoning and searches',
    {
      ...response,
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
        { type: 'function_call', name: 'now', arguments: '{}' },
      ],
      tool_usage: { web_search: { num_requests: 3 } },
    },
    {
      ...known,
      finishReasons: ['tool_calls'],
      outputLength: 7,
      context: { ...known.context, tool_usage: { web_search: { num_requests: 3 } } },
    },
  ],
  [
    'cut short',
    { ...response, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
    { ...known, finishReasons: ['max_output_tokens'] },
  ],
  [
    'still in the background',
    { ...response, status: 'queued', output: [], usage: null, background: true },
    { ...broken, outputLength: 0, pending: true },
  ],
  [
    'compacted',
    { id: 'resp_1', object: 'response.compaction', output: [], usage },
    { ...known, model: undefined, finishReasons: [], outputLength: 0, context: { api: 'responses' } },
  ],
];

const search = { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'q' } };
const found = { type: 'file_search_call', status: 'completed' };
const ran = { type: 'code_interpreter_call', status: 'completed', container_id: 'c-1' };
const drawn = { type: 'image_generation_call', status: 'completed', result: 'AAAA' };

/** What stands beside the usage of a response with these items, as far as tools go. */
const usesOf: [what: string, items: object[], tools: object[], told: object][] = [
  ['no tool of the provider', [...output, { type: 'function_call' }, { type: 'mcp_call' }], [], {}],
  ['two searches', [search, search], [], { tool_calls: { web_search: 2 } }],
  [
    'a search, a page that it opens, and a search that fails',
    [search, { ...search, action: { type: 'open_page' } }, { ...search, status: 'failed' }],
    [],
    { tool_calls: { web_search: 1 } },
  ],
  ['files', [found, found, search], [], { tool_calls: { web_search: 1, file_search: 2 } }],
  [
    'code in two containers',
    [ran, ran, { type: 'shell_call', environment: { type: 'container_reference', container_id: 'c-2' } }],
    [],
    { tool_calls: { code_interpreter: 2 } },
  ],
  ['a shell of the app', [{ type: 'shell_call', environment: { type: 'local' } }], [], {}],
  [
    'an image',
    [drawn],
    [{ type: 'web_search' }, { type: 'image_generation', model: 'gpt-image-2' }],
    { tool_calls: { image_generation: 1 }, image_model: 'gpt-image-2' },
  ],
  ['an image of a model without a name', [drawn], [], { tool_calls: { image_generation: 1 } }],
];

const streams: [what: string, events: unknown[], facts: ReplyFacts][] = [
  ['completed', [created, said, { type: 'response.completed', response }], known],
  [
    'cut short by its cap',
    [created, said, { type: 'response.incomplete', response: { ...response, status: 'incomplete' } }],
    { ...known, finishReasons: ['incomplete'] },
  ],
  [
    'failed',
    [created, said, { type: 'response.failed', response: { ...response, status: 'failed', usage: null } }],
    { ...known, finishReasons: ['error'], usage: undefined, usageFinal: false },
  ],
  ['broken off', [created, said, { type: 'response.audio.delta', delta: 'AAAA' }], broken],
  [
    'broken off, and going on in the background',
    [{ ...created, response: { ...created.response, background: true } }, said],
    { ...broken, pending: true },
  ],
];

describe('a responses reply', () => {
  it.each(replies)('is read when it is %s', (_what, body, facts) => {
    expect(openaiResponses.readReply('chat', body)).toEqual(facts);
  });

  it.each(usesOf)('shows what is billed beside its tokens: %s', (_what, items, tools, told) => {
    const whole = openaiResponses.readReply('chat', { ...response, output: items, tools });
    expect(whole.context).toEqual({ ...known.context, ...told });
    const reader = openaiResponses.streamReader('chat');
    reader.push({ ...created, response: { ...created.response, tools } });
    for (const item of items) reader.push({ type: 'response.output_item.done', item });
    expect(reader.facts().context).toEqual({ ...known.context, ...told });
    reader.push({ type: 'response.completed', response: { ...response, output: items, tools } });
    expect(reader.facts().context).toEqual({ ...known.context, ...told });
  });

  it.each(streams)('is read as a stream that is %s', (_what, events, facts) => {
    const reader = openaiResponses.streamReader('chat');
    for (const event of events) reader.push(event);
    expect(reader.facts()).toEqual(facts);
  });
});
