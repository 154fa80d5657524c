import { describe, expect, it } from 'vitest';

import { Input } from '../input.ts';
import { replyFacts } from '../reply-facts.ts';
import { requestFacts } from '../request-facts.ts';
import { openaiEmbeddings } from './openai-embeddings.ts';

const model = 'text-embedding-3-large';

describe('embeddings', () => {
  it.each([
    ['hello', 5, 1],
    [['one', 'three'], 8, 2],
    [[1, 2, 3], 3, 1],
    [[[1, 2], [3]], 3, 2],
    [undefined, 0, 0],
  ])('of %j are read', (input, textLength, messages) => {
    expect(
      openaiEmbeddings.readRequest('embeddings', { model, input, dimensions: 8, encoding_format: 'base64' }),
    ).toEqual({
      ...requestFacts('embeddings', model, new Input()),
      textLength,
      messages,
      params: { 'gen_ai.embeddings.dimension.count': 8, 'gen_ai.request.encoding_formats': ['base64'] },
    });
  });

  it('have no cap to set', () => {
    const body = { model, input: 'x' };
    expect(openaiEmbeddings.withOutputCap('embeddings', body, 1)).toBe(body);
  });

  it('give the strings that they are of', () => {
    expect(openaiEmbeddings.texts('embeddings', { input: ['one', 'two'] })).toEqual(['one', 'two']);
  });

  it('come with usage', () => {
    const usage = { prompt_tokens: 8191, total_tokens: 8191 };
    const facts = { ...replyFacts('embeddings'), model, usage, usageFinal: true, complete: true };
    expect(openaiEmbeddings.readReply('embeddings', { model, data: [], usage })).toEqual(facts);
    expect(openaiEmbeddings.readReply('embeddings', undefined)).toEqual(replyFacts('embeddings'));
  });
});
