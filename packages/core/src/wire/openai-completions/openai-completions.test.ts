import { describe, expect, it } from 'vitest';

import { Input } from '../input.ts';
import { requestFacts } from '../request-facts.ts';
import { openaiCompletions } from './openai-completions.ts';

const model = 'gpt-3.5-turbo-instruct';
const operation = 'text_completion';

describe('a text completion', () => {
  it('is read with its prompt, its cap and all that is billed of its answers', () => {
    const body = { model, prompt: 'Once', suffix: 'end', max_tokens: 16, n: 2, best_of: 4, stop: ['.'], stream: true };
    expect(openaiCompletions.readRequest(operation, body)).toEqual({
      ...requestFacts(operation, model, new Input()),
      textLength: 7,
      messages: 1,
      stream: true,
      outputCap: 16,
      choices: 4,
      params: {
        'gen_ai.request.max_tokens': 16,
        'gen_ai.request.choice.count': 2,
        'gen_ai.request.stop_sequences': ['.'],
        'gen_ai.request.stream': true,
      },
    });
  });

  it('answers each prompt of a list', () => {
    expect(openaiCompletions.readRequest(operation, { model, prompt: ['a', 'b', 'c'], n: 2 })?.choices).toBe(6);
  });

  it('has its cap lowered, and its usage asked for', () => {
    expect(openaiCompletions.withOutputCap(operation, { model }, 9)).toEqual({ model, max_tokens: 9 });
    expect(openaiCompletions.withStreamUsage?.(operation, { stream: true })).toEqual({
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('is read to its usage, whole or as a stream', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const reply = { id: 'cmpl-1', model, choices: [{ index: 0, text: 'Hello', finish_reason: 'length' }], usage };
    const facts = {
      id: 'cmpl-1',
      model,
      finishReasons: ['length'],
      usage,
      usageFinal: true,
      context: { api: 'completions' },
      outputLength: 5,
      complete: true,
      pending: false,
    };
    expect(openaiCompletions.readReply(operation, reply)).toEqual(facts);
    const reader = openaiCompletions.streamReader(operation);
    reader.push({ ...reply, usage: null });
    reader.push({ ...reply, choices: [], usage });
    expect(reader.facts()).toEqual(facts);
  });
});
