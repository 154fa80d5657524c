import { describe, expect, it } from 'vitest';

import { CONTENT_READERS } from '../content/catalogue.ts';
import type { ContentReader } from '../content/content-reader.ts';
import { json } from '../content/content-fixture.ts';

const chat = CONTENT_READERS.get('openai-chat') as ContentReader;

/** The messages of a request with these. */
function messagesOf(...messages: object[]): unknown {
  return json(chat.request({ model: 'm', messages }).inputMessages);
}

function answerOf(...said: unknown[]): unknown {
  const answer = chat.answer();
  for (const each of said) answer.push(each);
  return json(answer.json());
}

const delta = (said: object, more: object = {}) => ({ choices: [{ index: 0, delta: said, ...more }] });

describe('a chat request', () => {
  it('is told message by message, instructions among them', () => {
    expect(
      messagesOf(
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Hello!' }], name: 'ann' },
      ),
    ).toEqual([
      { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', content: 'Hello!' }], name: 'ann' },
    ]);
  });

  it('is told with its tool calls and what they brought', () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'now', arguments: '{"zone":"UTC"}' } };
    const broken = { id: 'call_2', type: 'function', function: { name: 'now', arguments: '{"zone' } };
    expect(
      messagesOf(
        { role: 'assistant', content: null, reasoning_content: 'hm', tool_calls: [call, broken] },
        { role: 'tool', tool_call_id: 'call_1', content: 'noon' },
      ),
    ).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'hm' },
          { type: 'tool_call', id: 'call_1', name: 'now', arguments: { zone: 'UTC' } },
          { type: 'tool_call', id: 'call_2', name: 'now', arguments: '{"zone' },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'noon' }] },
    ]);
  });

  it('is told without the bytes of its media, and without what signs their addresses', () => {
    const content = [
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAAAA==' } },
      { type: 'image_url', image_url: { url: 'https://me:secret@host.example/cat.png?signature=secret#secret' } },
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
      { type: 'file', file: { file_id: 'file-1' } },
      { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' } },
    ];
    expect(messagesOf({ role: 'user', content })).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'blob', modality: 'image', mime_type: 'image/png', content: '', omitted_bytes: 4 },
          { type: 'uri', modality: 'image', uri: 'https://host.example/cat.png' },
          { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: '', omitted_bytes: 3 },
          { type: 'file', modality: 'document', file_id: 'file-1' },
          { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: '', omitted_bytes: 3 },
        ],
      },
    ]);
  });

  it('tells its tools, of all kinds', () => {
    const parameters = { type: 'object', properties: { zone: { type: 'string' } } };
    const tools = [
      { type: 'function', function: { name: 'now', description: 'the time', parameters, strict: true } },
      { type: 'custom', custom: { name: 'sql' } },
    ];
    expect(
      json(chat.request({ messages: [], tools, functions: [{ name: 'old', parameters: {} }] }).toolDefinitions),
    ).toEqual([
      { type: 'function', name: 'now', description: 'the time', parameters },
      { type: 'custom', custom: { name: 'sql' } },
      { type: 'function', name: 'old', parameters: {} },
    ]);
  });
});

describe('a chat answer', () => {
  it('is read whole, each choice with why it ended', () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'now', arguments: '{}' } };
    const choices = [
      { index: 0, message: { content: 'Hi', reasoning_content: 'hm' }, finish_reason: 'stop' },
      { index: 1, message: { content: null, tool_calls: [call] }, finish_reason: 'tool_calls' },
      { index: 2, message: { content: null, refusal: 'no' }, finish_reason: 'content_filter' },
    ];
    expect(answerOf({ choices })).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'hm' },
          { type: 'text', content: 'Hi' },
        ],
        finish_reason: 'stop',
      },
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'call_1', name: 'now', arguments: {} }],
        finish_reason: 'tool_call',
      },
      { role: 'assistant', parts: [{ type: 'text', content: 'no' }], finish_reason: 'content_filter' },
    ]);
  });

  it('is put together from a stream whose choices and calls come in turns', () => {
    const called = (index: number, more: object, id?: string) =>
      delta({ tool_calls: [{ index, ...(id !== undefined && { id }), function: more }] });
    expect(
      answerOf(
        { choices: [{ index: 1, delta: { role: 'assistant', content: 'Y' } }] },
        delta({ role: 'assistant', content: '' }),
        called(0, { name: 'now', arguments: '' }, 'call_1'),
        called(1, { name: 'then', arguments: '{"a"' }, 'call_2'),
        called(0, { arguments: '{"b":' }),
        called(1, { arguments: ':1}' }),
        called(0, { arguments: '2}' }),
        { choices: [{ index: 1, delta: { content: 'es' }, finish_reason: 'length' }] },
        delta({}, { finish_reason: 'tool_calls' }),
        { choices: [], usage: { total_tokens: 3 } },
      ),
    ).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'tool_call', id: 'call_1', name: 'now', arguments: { b: 2 } },
          { type: 'tool_call', id: 'call_2', name: 'then', arguments: { a: 1 } },
        ],
        finish_reason: 'tool_call',
      },
      { role: 'assistant', parts: [{ type: 'text', content: 'Yes' }], finish_reason: 'length' },
    ]);
  });

  it('keeps whole calls apart that a server sends one by one, without counting them', () => {
    const called = (id: string) => delta({ tool_calls: [{ id, function: { name: id, arguments: '{}' } }] });
    expect(answerOf(called('one'), called('two'))).toMatchObject([{ parts: [{ name: 'one' }, { name: 'two' }] }]);
  });

  it('that broke off has what came, and ended with an error', () => {
    expect(answerOf(delta({ content: 'Hel' }))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Hel' }], finish_reason: 'error' },
    ]);
  });

  it('is nothing where nothing came', () => {
    expect(answerOf(delta({ role: 'assistant', content: '' }))).toBeUndefined();
  });

  it('of a text completion is text', () => {
    const completion = { choices: [{ index: 0, text: 'Hi', finish_reason: 'stop' }] };
    expect(answerOf(completion)).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Hi' }], finish_reason: 'stop' },
    ]);
  });
});

describe("a text completion's request", () => {
  it('has a message for each prompt that is a text', () => {
    const completions = CONTENT_READERS.get('openai-completions') as ContentReader;
    expect(json(completions.request({ prompt: ['one', [1, 2], 'two'] }).inputMessages)).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'one' }] },
      { role: 'user', parts: [{ type: 'text', content: 'two' }] },
    ]);
    expect(completions.request({ prompt: [1, 2] }).inputMessages).toBeUndefined();
  });
});
