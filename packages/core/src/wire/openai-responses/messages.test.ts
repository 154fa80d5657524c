import { describe, expect, it } from 'vitest';

import { CONTENT_READERS } from '../content/catalogue.ts';
import { json } from '../content/content-fixture.ts';
import type { ContentReader } from '../content/content-reader.ts';

const responses = CONTENT_READERS.get('openai-responses') as ContentReader;

function answerOf(...said: unknown[]): unknown {
  const answer = responses.answer();
  for (const each of said) answer.push(each);
  return json(answer.json());
}

describe('a responses request', () => {
  it('is told with its instructions apart from its input', () => {
    const told = responses.request({ instructions: 'Be brief.', input: 'Hello!' });
    expect(json(told.systemInstructions)).toEqual([{ type: 'text', content: 'Be brief.' }]);
    expect(json(told.inputMessages)).toEqual([{ role: 'user', parts: [{ type: 'text', content: 'Hello!' }] }]);
    expect(told.toolDefinitions).toBeUndefined();
  });

  it('is told item by item', () => {
    const input = [
      {
        role: 'developer',
        content: [
          { type: 'input_text', text: 'Look' },
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
          { type: 'input_file', file_id: 'file-1' },
        ],
      },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }], encrypted_content: 'AAAA' },
      { type: 'function_call', call_id: 'call_1', name: 'now', arguments: '{"zone":"UTC"}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'noon' },
      { type: 'web_search_call', id: 'ws_1', action: { type: 'search', query: 'q' } },
      { type: 'image_generation_call', id: 'ig_1', result: 'AAAA' },
      { type: 'item_reference', id: 'msg_1' },
    ];
    expect(json(responses.request({ input }).inputMessages)).toEqual([
      {
        role: 'system',
        parts: [
          { type: 'text', content: 'Look' },
          { type: 'blob', modality: 'image', mime_type: 'image/png', content: '', omitted_bytes: 3 },
          { type: 'file', modality: 'document', file_id: 'file-1' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'hm' }] },
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'call_1', name: 'now', arguments: { zone: 'UTC' } }],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'noon' }] },
      {
        role: 'assistant',
        parts: [
          {
            type: 'server_tool_call',
            id: 'ws_1',
            name: 'web_search',
            server_tool_call: { type: 'web_search', id: 'ws_1', action: { type: 'search', query: 'q' } },
          },
        ],
      },
      {
        role: 'assistant',
        parts: [{ type: 'blob', modality: 'image', mime_type: 'image/png', content: '', omitted_bytes: 3 }],
      },
      { role: 'assistant', parts: [{ type: 'item_reference', id: 'msg_1' }] },
    ]);
  });

  it('tells its tools', () => {
    const tools = [{ type: 'function', name: 'now', parameters: {}, strict: true }, { type: 'web_search' }];
    expect(json(responses.request({ tools }).toolDefinitions)).toEqual([
      { type: 'function', name: 'now', parameters: {} },
      { type: 'web_search' },
    ]);
  });
});

describe('a responses answer', () => {
  const message = { type: 'message', id: 'msg_1', content: [{ type: 'output_text', text: 'Hello' }] };
  const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'now', arguments: '{"zone":"UTC"}' };
  const thought = { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] };
  const output = [thought, message, call];
  const parts = [
    { type: 'reasoning', content: 'hm' },
    { type: 'text', content: 'Hello' },
    { type: 'tool_call', id: 'call_1', name: 'now', arguments: { zone: 'UTC' } },
  ];
  const whole = { id: 'resp_1', object: 'response', status: 'completed', output };

  it('is read whole', () => {
    expect(answerOf(whole)).toEqual([{ role: 'assistant', parts, finish_reason: 'tool_call' }]);
  });

  it.each([
    [{ status: 'completed' }, 'stop'],
    [{ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }, 'length'],
    [{ status: 'failed' }, 'error'],
  ])('says of %j that it ended with %s', (state, reason) => {
    expect(answerOf({ ...whole, ...state, output: [message] })).toMatchObject([{ finish_reason: reason }]);
  });

  const at = (output_index: number, more: object) => ({ output_index, ...more });
  const stream = [
    { type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
    at(0, { type: 'response.output_item.added', item: { type: 'reasoning', summary: [] } }),
    at(0, { type: 'response.reasoning_summary_text.delta', summary_index: 0, delta: 'h' }),
    at(0, { type: 'response.reasoning_summary_text.delta', summary_index: 0, delta: 'm' }),
    at(0, { type: 'response.output_item.done', item: thought }),
    at(1, { type: 'response.output_text.delta', content_index: 0, delta: 'Hel' }),
    at(1, { type: 'response.output_text.delta', content_index: 0, delta: 'lo' }),
    at(1, { type: 'response.output_item.done', item: message }),
    at(2, { type: 'response.output_item.added', item: { ...call, arguments: '' } }),
    at(2, { type: 'response.function_call_arguments.delta', delta: '{"zone":' }),
    at(2, { type: 'response.function_call_arguments.delta', delta: '"UTC"}' }),
    at(2, { type: 'response.output_item.done', item: call }),
  ];

  it('that was left has what came until then', () => {
    expect(answerOf(...stream)).toEqual([{ role: 'assistant', parts, finish_reason: 'error' }]);
    expect(answerOf(stream[0])).toBeUndefined();
  });

  it('is told as its last event repeats it, and once', () => {
    expect(answerOf(...stream, { type: 'response.completed', response: whole })).toEqual([
      { role: 'assistant', parts, finish_reason: 'tool_call' },
    ]);
  });

  it('has the tools that the provider ran, also where the stream breaks off', () => {
    const search = { type: 'web_search_call', id: 'ws_1', action: { query: 'q' } };
    expect(answerOf(at(0, { type: 'response.output_item.done', item: search }))).toMatchObject([
      { parts: [{ type: 'server_tool_call', name: 'web_search', server_tool_call: { action: { query: 'q' } } }] },
    ]);
  });
});
