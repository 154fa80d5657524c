import { describe, expect, it } from 'vitest';

import { CONTENT_READERS } from '../content/catalogue.ts';
import { json } from '../content/content-fixture.ts';
import type { ContentReader } from '../content/content-reader.ts';

const messages = CONTENT_READERS.get('anthropic-messages') as ContentReader;

function answerOf(...said: unknown[]): unknown {
  const answer = messages.answer();
  for (const each of said) answer.push(each);
  return json(answer.json());
}

describe('a messages request', () => {
  it('is told with its instructions apart from its messages', () => {
    const cached = { cache_control: { type: 'ephemeral' } };
    const told = messages.request({
      system: [{ type: 'text', text: 'Be brief.', ...cached }],
      messages: [{ role: 'user', content: 'Hello!' }],
    });
    expect(json(told.systemInstructions)).toEqual([{ type: 'text', content: 'Be brief.' }]);
    expect(json(told.inputMessages)).toEqual([{ role: 'user', parts: [{ type: 'text', content: 'Hello!' }] }]);
    expect(json(messages.request({ system: 'Brief.' }).systemInstructions)).toEqual([
      { type: 'text', content: 'Brief.' },
    ]);
  });

  it('is told block by block, without bytes and signatures', () => {
    const turn = [
      { type: 'thinking', thinking: 'hm', signature: 'long' },
      { type: 'redacted_thinking', data: 'encrypted' },
      { type: 'tool_use', id: 'toolu_1', name: 'now', input: { zone: 'UTC' } },
      { type: 'server_tool_use', id: 'srv_1', name: 'web_search', input: { query: 'q' } },
      { type: 'web_search_tool_result', tool_use_id: 'srv_1', content: [{ url: 'u', encrypted_content: 'AAAA' }] },
    ];
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
    const result = [
      { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'noon' }, image] },
      { type: 'tool_result', tool_use_id: 'toolu_2', content: 'late' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain' } },
      { type: 'document', source: { type: 'url', url: 'https://host.example/a.pdf?token=secret' } },
      { type: 'image', source: { type: 'file', file_id: 'file_1' } },
    ];
    const body = {
      messages: [
        { role: 'assistant', content: turn },
        { role: 'user', content: result },
      ],
    };
    const blob = { type: 'blob', modality: 'image', mime_type: 'image/png', content: '', omitted_bytes: 3 };
    expect(json(messages.request(body).inputMessages)).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'hm' },
          { type: 'reasoning', content: '[redacted by the provider]' },
          { type: 'tool_call', id: 'toolu_1', name: 'now', arguments: { zone: 'UTC' } },
          {
            type: 'server_tool_call',
            id: 'srv_1',
            name: 'web_search',
            server_tool_call: { type: 'web_search', arguments: { query: 'q' } },
          },
          {
            type: 'server_tool_call_response',
            id: 'srv_1',
            server_tool_call_response: {
              type: 'web_search_tool_result',
              content: [{ url: 'u', encrypted_content: '[4 characters left out]' }],
            },
          },
        ],
      },
      {
        role: 'user',
        parts: [
          { type: 'tool_call_response', id: 'toolu_1', response: [{ type: 'text', content: 'noon' }, blob] },
          { type: 'tool_call_response', id: 'toolu_2', response: 'late' },
          { type: 'text', content: 'plain' },
          { type: 'uri', modality: 'document', uri: 'https://host.example/a.pdf' },
          { type: 'file', modality: 'image', file_id: 'file_1' },
        ],
      },
    ]);
  });

  it('tells its tools: those of the app, and those of the provider', () => {
    const tools = [
      { name: 'now', description: 'the time', input_schema: { type: 'object' } },
      { type: 'web_search_20250305', name: 'web_search', max_uses: 3 },
    ];
    expect(json(messages.request({ messages: [], tools }).toolDefinitions)).toEqual([
      { type: 'function', name: 'now', description: 'the time', parameters: { type: 'object' } },
      { type: 'web_search_20250305', name: 'web_search', max_uses: 3 },
    ]);
  });
});

describe('a messages answer', () => {
  const content = [
    { type: 'thinking', thinking: 'hm', signature: 'long' },
    { type: 'text', text: 'Hello' },
    { type: 'tool_use', id: 'toolu_1', name: 'now', input: { zone: 'UTC' } },
  ];
  const parts = [
    { type: 'reasoning', content: 'hm' },
    { type: 'text', content: 'Hello' },
    { type: 'tool_call', id: 'toolu_1', name: 'now', arguments: { zone: 'UTC' } },
  ];
  const message = { id: 'msg_1', type: 'message', role: 'assistant' };

  it('is read whole', () => {
    expect(answerOf({ ...message, content, stop_reason: 'tool_use' })).toEqual([
      { role: 'assistant', parts, finish_reason: 'tool_call' },
    ]);
  });

  const begun = (index: number, block: object) => ({ type: 'content_block_start', index, content_block: block });
  const said = (index: number, delta: object) => ({ type: 'content_block_delta', index, delta });
  const stream = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    begun(0, { type: 'thinking', thinking: '', signature: '' }),
    said(0, { type: 'thinking_delta', thinking: 'h' }),
    said(0, { type: 'thinking_delta', thinking: 'm' }),
    said(0, { type: 'signature_delta', signature: 'long' }),
    begun(1, { type: 'text', text: '' }),
    said(1, { type: 'text_delta', text: 'Hel' }),
    said(1, { type: 'text_delta', text: 'lo' }),
    begun(2, { type: 'tool_use', id: 'toolu_1', name: 'now', input: {} }),
    said(2, { type: 'input_json_delta', partial_json: '{"zone":' }),
    said(2, { type: 'input_json_delta', partial_json: '"UTC"}' }),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: {} },
    { type: 'message_stop' },
  ];

  it('is put together from a stream', () => {
    expect(answerOf(...stream)).toEqual([{ role: 'assistant', parts, finish_reason: 'tool_call' }]);
  });

  it('that was left has what came until then', () => {
    expect(answerOf(...stream.slice(0, 10))).toEqual([
      {
        role: 'assistant',
        parts: [...parts.slice(0, 2), { type: 'tool_call', id: 'toolu_1', name: 'now', arguments: '{"zone":' }],
        finish_reason: 'error',
      },
    ]);
    expect(answerOf(stream[0])).toBeUndefined();
  });

  it('has the tools that the provider ran, whether their input comes at once or in pieces', () => {
    const use = { type: 'server_tool_use', id: 'srv_1', name: 'web_search' };
    const told = {
      type: 'server_tool_call',
      id: 'srv_1',
      name: 'web_search',
      server_tool_call: { type: 'web_search', arguments: { query: 'q' } },
    };
    const pieces = [
      begun(0, { ...use, input: {} }),
      said(0, { type: 'input_json_delta', partial_json: '{"query":"q"}' }),
    ];
    expect(answerOf(begun(0, { ...use, input: { query: 'q' } }))).toMatchObject([{ parts: [told] }]);
    expect(answerOf(...pieces)).toMatchObject([{ parts: [told] }]);
  });
});
