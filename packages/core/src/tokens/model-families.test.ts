import { describe, expect, it } from 'vitest';
import { familyOf } from './model-families.ts';

describe('familyOf', () => {
  it.each([
    [
      1,
      'gpt-4o gpt-5 gpt-6.2-sol o3-mini openai/gpt-oss-120b openai.gpt-oss-20b-1:0 text-embedding-3-small ft:gpt-4o:acme::1',
    ],
    [
      1.25,
      'claude-3-5-sonnet-20241022 claude-sonnet-4-20250514 claude-sonnet-4-5-20250929 claude-opus-4-6 claude-instant-1.2',
    ],
    [1.25, 'us.anthropic.claude-opus-4-5-20251101-v1:0 anthropic/claude-opus-4.6 claude-haiku-4-5 claude-2.1'],
    [1.62, 'claude-opus-4-7 anthropic/claude-opus-4.8 claude-opus-5-5 claude-sonnet-5 claude-haiku-5-5 claude-fable-5'],
    [1.62, 'global.anthropic.claude-opus-5-5-v1:0 claude-opus-4-10 claude-of-tomorrow'],
    [1.05, 'gemini-3-pro models/gemini-2.5-flash gemma-3-27b-it'],
    [1.15, 'mistral-large-latest deepseek-chat grok-4 llama-3.3-70b-versatile qwen3:8b a-model-of-tomorrow'],
  ])('has %d tokens per counted token for %s', (perCounted, models) => {
    for (const model of models.split(' ')) expect([model, familyOf(model).perCounted]).toEqual([model, perCounted]);
  });

  it.each([
    ['gpt-4o-mini', 48_169],
    ['gpt-4o', 3_800],
    ['gpt-5-nano', 3_800],
    ['gpt-5.5', 12_000],
    ['gpt-6', 16_384],
    ['claude-sonnet-4-5', 1_700],
    ['claude-opus-5-5', 5_000],
    ['gemini-3-pro', 2_300],
  ])('takes an image for %s to be at most %d tokens', (model, most) => {
    expect(familyOf(model).image.most).toBe(most);
  });

  it('gives the same family for the same id after more ids than it remembers', () => {
    const before = familyOf('gpt-4o');
    for (let i = 0; i < 1_500; i++) familyOf(`claude-${i}`);
    expect(familyOf('gpt-4o')).toBe(before);
  });
});
