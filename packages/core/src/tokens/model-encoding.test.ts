import { describe, expect, it } from 'vitest';
import { bareModelId, encodingOf } from './model-encoding.ts';

describe('encodingOf', () => {
  it.each([
    [
      'o200k_base',
      'gpt-4o gpt-4o-mini-2024-07-18 chatgpt-4o-latest gpt-4o-transcribe gpt-4.1 gpt-4.1-nano gpt-4.5-preview',
    ],
    [
      'o200k_base',
      'gpt-5 gpt-5.1-codex gpt-5.5 gpt-6 gpt-6.2 gpt-6.2-sol o1 o1-pro o3-mini o4-mini gpt-oss-120b codex-mini-latest',
    ],
    ['o200k_base', 'ft:gpt-4o-mini-2024-07-18:acme::abc openai/gpt-4o claude-opus-5-5 a-model-of-tomorrow'],
    [
      'cl100k_base',
      'gpt-4 gpt-4-0613 gpt-4-turbo-2024-04-09 gpt-4-32k gpt-3.5-turbo gpt-35-turbo ft:gpt-3.5-turbo:acme::1',
    ],
    ['cl100k_base', 'text-embedding-3-large text-embedding-3-small text-embedding-ada-002 davinci-002 babbage-002'],
    [
      'p50k_base',
      'text-davinci-003 text-davinci-002 text-davinci-edit-001 code-davinci-002 code-cushman-001 davinci-codex',
    ],
    ['r50k_base', 'gpt2 davinci curie text-davinci-001 text-ada-001 text-similarity-ada-001 davinci:ft-acme-2022'],
  ])('is %s for %s', (encoding, models) => {
    for (const model of models.split(' ')) expect([model, encodingOf(model)]).toEqual([model, encoding]);
  });
});

describe('bareModelId', () => {
  it('leaves out the path and the marks of a fine-tune', () => {
    expect(bareModelId('ft:gpt-4o:acme::1')).toBe('gpt-4o');
    expect(bareModelId('openrouter/openai/GPT-4o:online')).toBe('gpt-4o');
    expect(bareModelId('')).toBe('');
  });
});
