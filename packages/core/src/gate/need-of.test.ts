import { describe, expect, it } from 'vitest';
import { NOON } from '../budget/ledger/ledger-fixture.ts';
import type { Need } from '../budget/need.ts';
import { PriceTable } from '../pricing/price-table.ts';
import { anthropicMessages } from '../wire/anthropic-messages/anthropic-messages.ts';
import { openaiAudio } from '../wire/openai-audio/openai-audio.ts';
import { openaiImages } from '../wire/openai-images/openai-images.ts';
import { openaiResponses } from '../wire/openai-responses/openai-responses.ts';
import type { RequestFacts } from '../wire/wire.ts';
import { needOf } from './need-of.ts';

const table = PriceTable.builtIn();

function need(provider: string, facts: RequestFacts, input = 1000): Need {
  const plan = table.lookup({ provider, model: facts.model, at: NOON });
  return needOf({ at: {}, provider, facts, mayChange: true }, plan, { input, expectedOutput: 8192 });
}

describe('tools that the provider runs', () => {
  const search = (limits: object): Need => {
    const body = { model: 'claude-sonnet-4-5', max_tokens: 300, messages: [], tools: [limits] };
    return need('anthropic', anthropicMessages.readRequest('chat', body)!);
  };
  const plain = search({ type: 'custom', name: 'f' });

  it('are held by the uses that the request allows, and their rounds send the input again', () => {
    const { expected, upper, lower } = search({ type: 'web_search_20250305', max_uses: 5 });
    expect(expected.nanoUsd! - plain.expected.nanoUsd!).toBe(5 * 10_000_000);
    expect(upper.nanoUsd! - plain.upper.nanoUsd!).toBe(5 * 10_000_000 + 5 * 1000 * 3_750);
    expect(upper.tokens! - plain.upper.tokens!).toBe(5 * 1000);
    expect(lower).toEqual(plain.lower);
  });

  it('are held by what is usual where nothing limits them', () => {
    const { expected, upper } = search({ type: 'web_search_20250305' });
    expect(expected.nanoUsd! - plain.expected.nanoUsd!).toBe(5 * 10_000_000);
    expect(upper.nanoUsd! - plain.upper.nanoUsd!).toBe(20 * 10_000_000);
  });

  it('share the limit that a responses request sets for all of them', () => {
    const body = { model: 'gpt-5', input: '', max_output_tokens: 300, max_tool_calls: 3 };
    const of = (tools: object[]): Need => need('openai', openaiResponses.readRequest('chat', { ...body, tools })!);
    const searches = of([{ type: 'web_search' }]).upper.nanoUsd! - of([]).upper.nanoUsd!;
    expect(searches).toBe(3 * 10_000_000 + 3 * 1000 * 1_250);
  });

  it('need nothing of a plan that has no fee for them', () => {
    expect(search({ type: 'code_execution_20250825' }).upper.nanoUsd).toBe(plain.upper.nanoUsd);
  });
});

it('a fee for each request is held with every one of them', () => {
  const plan = table.lookup({ provider: 'openai', model: 'gpt-5', at: NOON })!;
  const facts = openaiResponses.readRequest('chat', { model: 'gpt-5', input: '', max_output_tokens: 300 })!;
  const subject = { at: {}, provider: 'openai', facts, mayChange: true };
  const { expected, lower } = needOf(
    subject,
    { ...plan, fees: { request: 7_000_001 } },
    { input: 0, expectedOutput: 1 },
  );
  expect(expected.nanoUsd).toBe(300 * 10_000 + 7_001);
  expect(lower.nanoUsd).toBe(256 * 10_000 + 7_001);
});

it('a call is not shortened to fit where fees may come on top', () => {
  const search = (tools: object[]): Need =>
    need('openai', openaiResponses.readRequest('chat', { model: 'gpt-5', input: '', tools })!);
  expect(search([{ type: 'web_search' }]).mayShrink).toBe(false);
  expect(search([{ type: 'function', name: 'f' }]).mayShrink).toBe(true);
});

describe('what is asked for implies the cost', () => {
  it('of speech, by its text', () => {
    const facts = openaiAudio.readRequest('speech', { model: 'gpt-4o-mini-tts', input: 'a'.repeat(1500) })!;
    const { expected, upper, cappedAnswers, mayShrink, nanoUsdPerOutputToken } = need('openai', facts, 0);
    expect(expected.nanoUsd).toBe(2_000 * 12_000);
    expect(upper.nanoUsd).toBe(3_000 * 12_000);
    expect([cappedAnswers, mayShrink]).toEqual([0, false]);
    expect(nanoUsdPerOutputToken).toBeUndefined();
  });

  it.each([
    [{}, 4_160],
    [{ quality: 'low' }, 272],
    [{ quality: 'high', size: '1536x1024' }, 6_240],
    [{ n: 3 }, 3 * 4_160],
  ])('of an image, by %j', (asked, tokens) => {
    const facts = openaiImages.readRequest('image_generation', { model: 'gpt-image-1', prompt: 'a cat', ...asked })!;
    expect(need('openai', facts, 0).expected.nanoUsd).toBe(tokens * 40_000);
  });

  it.each([
    ['a file', new Blob([new Uint8Array(1_600_000)]), 100, 400],
    ['a stream', new ReadableStream(), 600, 600],
  ])('of a transcription, by %s', (_what, file, seconds, most) => {
    const facts = openaiAudio.readRequest('transcription', { model: 'whisper-1', file })!;
    const { expected, upper } = need('openai', facts);
    expect([expected.nanoUsd, upper.nanoUsd]).toEqual([seconds * 100_000, most * 100_000]);
  });
});
