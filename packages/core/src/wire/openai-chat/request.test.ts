import { describe, expect, it } from 'vitest';

import type { RequestFacts } from '../wire.ts';
import { openaiChat } from './openai-chat.ts';

const plain: RequestFacts = {
  operation: 'chat',
  model: 'gpt-5.5',
  stream: false,
  outputCap: undefined,
  choices: 1,
  textLength: 0,
  messages: 0,
  media: { images: 0, audio: 0, files: 0 },
  tools: 0,
  serverTools: false,
  serverToolUses: {},
  impliedOutput: undefined,
  units: {},
  audioSeconds: undefined,
  storedInput: false,
  mayWriteCache: false,
  longCache: false,
  serviceTier: undefined,
  speed: undefined,
  geo: undefined,
  background: false,
  asksForUsage: false,
  params: {},
};

const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } };

const requests: [what: string, body: unknown, facts: RequestFacts][] = [
  [
    'a system and a user message',
    {
      model: 'gpt-5.5',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello!' },
      ],
    },
    { ...plain, textLength: 15, messages: 2 },
  ],
  [
    'everything that a span shows',
    {
      model: 'gpt-5.5',
      messages: [],
      temperature: 0,
      top_p: 0.5,
      stop: 'END',
      seed: 7,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      n: 3,
      reasoning_effort: 'high',
      max_completion_tokens: 100,
      service_tier: 'flex',
      stream: true,
      stream_options: { include_usage: true },
      response_format: { type: 'json_object' },
    },
    {
      ...plain,
      stream: true,
      outputCap: 100,
      choices: 3,
      serviceTier: 'flex',
      asksForUsage: true,
      params: {
        'gen_ai.request.temperature': 0,
        'gen_ai.request.top_p': 0.5,
        'gen_ai.request.stop_sequences': ['END'],
        'gen_ai.request.seed': 7,
        'gen_ai.request.frequency_penalty': 0.1,
        'gen_ai.request.presence_penalty': 0.2,
        'gen_ai.request.choice.count': 3,
        'gen_ai.request.reasoning.level': 'high',
        'gen_ai.request.max_tokens': 100,
        'openai.request.service_tier': 'flex',
        'gen_ai.request.stream': true,
        'gen_ai.output.type': 'json',
      },
    },
  ],
  [
    'what asks for nothing',
    { model: 'gpt-5.5', messages: [], n: 1, stream: false, service_tier: 'auto', max_tokens: null },
    { ...plain, serviceTier: 'auto' },
  ],
  [
    'parts with text, an image, sound and a file',
    {
      model: 'gpt-5.5',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
            { type: 'file', file: { file_id: 'file-1' } },
          ],
        },
      ],
    },
    { ...plain, textLength: 4, messages: 5, media: { images: 1, audio: 1, files: 1 } },
  ],
  [
    'tools with their schemas, and the tool calls of an earlier turn',
    {
      model: 'gpt-5.5',
      messages: [
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'sunny' },
      ],
      tools: [weather],
    },
    {
      ...plain,
      textLength: 5 + '{"name":"weather","arguments":"{}"}'.length + JSON.stringify([weather]).length,
      messages: 2,
      tools: 1,
    },
  ],
  [
    'a search that the provider runs, and caching for a day',
    { model: 'gpt-5.5', messages: [], web_search_options: {}, prompt_cache_retention: '24h', max_tokens: 5 },
    {
      ...plain,
      serverTools: true,
      serverToolUses: { web_search: 1 },
      mayWriteCache: true,
      longCache: true,
      outputCap: 5,
      params: { 'gen_ai.request.max_tokens': 5 },
    },
  ],
  [
    'a cache breakpoint in a message',
    {
      model: 'gpt-5.5',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }] }],
    },
    { ...plain, textLength: 1, messages: 2, mayWriteCache: true },
  ],
];

describe('a chat completions request', () => {
  it.each(requests)('is read with %s', (_what, body, facts) => {
    expect(openaiChat.readRequest('chat', body)).toEqual(facts);
  });

  it.each([[undefined], [null], ['text'], [7], [[]]])('is no request when the body is %j', (body) => {
    expect(openaiChat.readRequest('chat', body)).toBeUndefined();
  });

  it('is capped by max_completion_tokens where both caps are given', () => {
    const body = { model: 'o3', messages: [], max_completion_tokens: 20, max_tokens: 10 };
    expect(openaiChat.readRequest('chat', body)?.outputCap).toBe(20);
  });

  it('gives every string that becomes input', () => {
    const body = {
      messages: [
        { role: 'user', content: 'one' },
        { role: 'user', content: [{ type: 'text', text: 'two' }] },
      ],
      tools: [weather],
    };
    expect(openaiChat.texts('chat', body)).toEqual(['one', 'two', JSON.stringify([weather])]);
  });
});

describe('an output cap', () => {
  it.each([
    ['the field that the app used', { model: 'gpt-5.5', max_tokens: 50 }, { model: 'gpt-5.5', max_tokens: 10 }],
    ['the newer field', { model: 'gpt-5.5' }, { model: 'gpt-5.5', max_completion_tokens: 10 }],
    ['the older field', { model: 'llama-3.3-70b' }, { model: 'llama-3.3-70b', max_tokens: 10 }],
    ['no larger number', { model: 'o3', max_completion_tokens: 3 }, { model: 'o3', max_completion_tokens: 3 }],
  ])('is set in %s', (_what, body, capped) => {
    expect(openaiChat.withOutputCap('chat', body, 10)).toEqual(capped);
  });

  it('leaves the body of the app as it was', () => {
    const body = { model: 'gpt-5.5', max_tokens: 50 };
    openaiChat.withOutputCap('chat', body, 10);
    expect(body).toEqual({ model: 'gpt-5.5', max_tokens: 50 });
  });
});

describe('usage in a stream', () => {
  it('is asked for beside the options that are there', () => {
    const body = { stream: true, stream_options: { include_obfuscation: false } };
    expect(openaiChat.withStreamUsage?.('chat', body)).toEqual({
      stream: true,
      stream_options: { include_obfuscation: false, include_usage: true },
    });
  });

  it.each([[{ stream: false }], [{}], [{ stream: true, stream_options: { include_usage: true } }]])(
    'is not asked for in %j',
    (body) => {
      expect(openaiChat.withStreamUsage?.('chat', body)).toBeUndefined();
    },
  );
});
