import { describe, expect, it } from 'vitest';

import type { ReplyFacts } from '../wire.ts';
import { openaiChat } from './openai-chat.ts';

const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };
const head = { id: 'chatcmpl-1', model: 'gpt-5.5-2026-04-23', object: 'chat.completion.chunk', created: 1 };
const said = (content: string, index = 0) => ({
  ...head,
  choices: [{ index, delta: { content }, finish_reason: null }],
});
const finished = (finish_reason: string, index = 0) => ({ ...head, choices: [{ index, delta: {}, finish_reason }] });

const known: ReplyFacts = {
  id: 'chatcmpl-1',
  model: 'gpt-5.5-2026-04-23',
  finishReasons: ['stop'],
  usage,
  usageFinal: true,
  context: { api: 'chat.completions' },
  outputLength: 5,
  complete: true,
  pending: false,
};

function read(events: unknown[]): ReplyFacts {
  const reader = openaiChat.streamReader('chat');
  for (const event of events) reader.push(event);
  return reader.facts();
}

describe('a chat completions reply', () => {
  it('is read with all its choices, tool calls, reasoning and refusals', () => {
    const body = {
      id: 'chatcmpl-1',
      model: 'gpt-5.5-2026-04-23',
      service_tier: 'priority',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' },
        {
          index: 1,
          message: {
            content: null,
            reasoning_content: 'hm',
            refusal: 'no',
            tool_calls: [{ type: 'function', function: { name: 'now', arguments: '{}' } }],
          },
          finish_reason: 'tool_calls',
        },
      ],
      usage,
    };
    expect(openaiChat.readReply('chat', body)).toEqual({
      ...known,
      finishReasons: ['stop', 'tool_calls'],
      context: { api: 'chat.completions', service_tier: 'priority' },
      outputLength: 5 + 2 + 2 + 5,
    });
  });

  it('is unknown when it has another shape', () => {
    expect(openaiChat.readReply('chat', 'text')).toEqual({
      ...known,
      id: undefined,
      model: undefined,
      finishReasons: [],
      usage: undefined,
      usageFinal: false,
      outputLength: 0,
      complete: false,
    });
  });
});

const streams: [what: string, events: unknown[], facts: ReplyFacts][] = [
  ['usage in a chunk of its own', [said('Hel'), said('lo'), finished('stop'), { ...head, choices: [], usage }], known],
  ['usage in the chunk that finishes', [said('Hello'), { ...finished('stop'), usage }], known],
  ['usage under x_groq', [said('Hello'), { ...finished('stop'), x_groq: { id: 'req_1', usage } }], known],
  [
    'usage in every chunk, of which the last counts',
    [
      { ...said('Hello'), usage: { ...usage, completion_tokens: 1 } },
      { ...finished('stop'), usage },
    ],
    known,
  ],
  ['no usage', [said('Hello'), finished('stop')], { ...known, usage: undefined, usageFinal: false }],
  [
    'one of two answers broken off',
    [said('Hello'), said('Hi', 1), finished('length', 1)],
    { ...known, finishReasons: ['length'], usage: undefined, usageFinal: false, outputLength: 7, complete: false },
  ],
  [
    'usage so far, and then broken off',
    [{ ...said('Hello'), usage }],
    { ...known, finishReasons: [], usageFinal: false, complete: false },
  ],
];

describe('a chat completions stream', () => {
  it.each(streams)('is read with %s', (_what, events, facts) => {
    expect(read(events)).toEqual(facts);
  });

  it('has one event that only usage made', () => {
    expect(openaiChat.isUsageOnlyEvent?.({ ...head, choices: [], usage })).toBe(true);
    expect(openaiChat.isUsageOnlyEvent?.({ ...finished('stop'), usage })).toBe(false);
    expect(openaiChat.isUsageOnlyEvent?.({ ...head, choices: [], prompt_filter_results: [] })).toBe(false);
  });
});
