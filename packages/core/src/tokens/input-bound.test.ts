import * as fc from 'fast-check';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, it } from 'vitest';
import { boundInputTokens, isBoundSound } from './input-bound.ts';
import type { RequestSizes } from './request-sizes.ts';
import { TokenCounter } from './token-counter.ts';

const sizes = (over: Partial<RequestSizes> = {}): RequestSizes => ({
  operation: 'chat',
  model: 'gpt-4o',
  textLength: 0,
  messages: 0,
  media: { images: 0, audio: 0, files: 0 },
  tools: 0,
  serverTools: false,
  ...over,
});

describe('boundInputTokens', () => {
  const embedding = { operation: 'embeddings', model: 'text-embedding-3-small' };

  it.each([
    ['o200k', new TokenCounter(o200k)],
    ['cl100k', new TokenCounter(cl100k)],
  ])('is never below what %s counts, in any script', (_, counter) => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('𠀀', '龘', '😀', '\ud800') }),
    );
    fc.assert(
      fc.property(text, (content) => {
        expect(boundInputTokens(sizes({ ...embedding, textLength: content.length }))).toBeGreaterThanOrEqual(
          counter.count(content),
        );
      }),
    );
  });

  it('is three tokens per character, and a tenth more for Claude', () => {
    expect(boundInputTokens(sizes({ ...embedding, textLength: 1_000 }))).toBe(3_000);
    expect(boundInputTokens(sizes({ operation: 'embeddings', model: 'claude-opus-5-5', textLength: 1_000 }))).toBe(
      Math.ceil(3_000 * 1.1),
    );
  });

  it('takes twice the published overhead of messages and tools', () => {
    expect(boundInputTokens(sizes({ messages: 2 }))).toBe(2 * (3 + 2 * 4));
    expect(boundInputTokens(sizes({ messages: 2, tools: 3 }))).toBe(2 * (3 + 2 * 4 + 16 + 3 * 6));
    expect(boundInputTokens(sizes({ model: 'claude-opus-4-5', messages: 1, tools: 1 }))).toBe(2 * (6 + 5 + 549 + 53));
  });

  it('takes each image, audio and file at its largest', () => {
    const none = boundInputTokens(sizes());
    expect(boundInputTokens(sizes({ media: { images: 2, audio: 0, files: 0 } }))).toBe(none + 2 * 3_800);
    expect(boundInputTokens(sizes({ media: { images: 0, audio: 1, files: 1 } }))).toBe(none + 19_200 + 300_000);
  });
});

describe('isBoundSound', () => {
  it.each([
    [true, 'text', sizes({ textLength: 10, messages: 1, tools: 2 })],
    [true, 'images that the provider scales down', sizes({ media: { images: 1, audio: 0, files: 0 } })],
    [false, 'images that it does not', sizes({ model: 'gpt-6', media: { images: 1, audio: 0, files: 0 } })],
    [false, 'audio', sizes({ media: { images: 0, audio: 1, files: 0 } })],
    [false, 'files', sizes({ media: { images: 0, audio: 0, files: 1 } })],
    [false, 'tools run by the provider', sizes({ serverTools: true })],
  ])('is %s for %s', (sound, _, request) => {
    expect(isBoundSound(request)).toBe(sound);
  });

  it('is false where the provider keeps earlier context', () => {
    expect(isBoundSound(sizes(), { previousId: 'resp_1' })).toBe(false);
    expect(isBoundSound(sizes(), { messages: [] })).toBe(true);
  });
});
