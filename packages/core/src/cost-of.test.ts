import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf } from './cost-of.ts';
import type { CostResult } from './cost.ts';
import { PriceTable } from './pricing/price-table.ts';
import type { Usage } from './usage.ts';

interface Vector {
  id: string;
  provider: string;
  model: string;
  at: string;
  usage: unknown;
  context?: Record<string, unknown>;
  expected_usd: number;
  canonical: Record<string, unknown>;
  note: string;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/vectors/prices.json', import.meta.url), 'utf8'),
) as Vector[];

describe('costOf', () => {
  it('has all 60 vectors', () => {
    expect(vectors).toHaveLength(60);
  });

  it.each(vectors)('$id: prices $provider $model to the nano-USD', (vector) => {
    const cost = costOf({ ...vector, at: Date.parse(vector.at), context: vector.context });
    expect(cost.nanoUsd).toBe(Math.round(vector.expected_usd * 1e9));
  });

  it.each(vectors)('$id: reads the usage of $provider $model into its classes', (vector) => {
    const cost = costOf({ ...vector, at: Date.parse(vector.at), context: vector.context });
    expect(canonical(cost.usage)).toEqual(wantedCanonical(vector));
  });

  it('says what is wrong with the price, instead of guessing', () => {
    const usage = { input_tokens: 1000, output_tokens: 100 };
    const of = (provider: string, model: string, context = {}, given: unknown = usage) => {
      const { nanoUsd, state, origin, flags, price } = costOf({ provider, model, usage: given, context });
      return { nanoUsd, state, origin, flags, price };
    };
    const unknown = { nanoUsd: undefined, state: 'unknown', origin: 'none', price: undefined };
    expect(of('openai', 'gpt-99-nova')).toEqual({ ...unknown, flags: ['unknown_model'] });
    expect(of('openai', 'my-llama', { base_url: 'http://localhost:8000/v1' })).toEqual({
      ...unknown,
      flags: ['unknown_model'],
    });
    expect(of('my-gateway', 'gpt-5')).toEqual({ ...unknown, flags: ['no_provider'] });
    expect(of('openai', 'gpt-5', { service_tier: 'scale' })).toEqual({ ...unknown, flags: ['tier_unknown'] });
    expect(of('openai', 'gpt-5', {}, null)).toEqual({ ...unknown, flags: ['no_usage'] });
    expect(of('openai', 'gpt-5', {}, { input_tokens: 'x' })).toEqual({
      ...unknown,
      flags: ['inconsistent_usage', 'no_usage'],
    });
  });

  it('marks as estimated what it had to guess', () => {
    const written = { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 1000 };
    const unsplit = costOf({ provider: 'anthropic', model: 'claude-opus-5', usage: written });
    expect(unsplit).toMatchObject({ nanoUsd: 6_250_000, state: 'estimated', flags: ['no_cache_split'] });
    const mended = costOf({ provider: 'openai', model: 'gpt-5', usage: { prompt_tokens: NaN, completion_tokens: 1 } });
    expect(mended).toMatchObject({ nanoUsd: 10_000, state: 'estimated', flags: ['inconsistent_usage'] });
  });

  it('names the row and the version of the table, and the split', () => {
    const usage = { input_tokens: 10, output_tokens: 20 };
    expect(costOf({ provider: 'openai', model: 'gpt-5', usage, context: { service_tier: 'flex' } })).toMatchObject({
      origin: 'table',
      state: 'reported',
      breakdown: { input: 6_250, output: 100_000 },
      price: { id: 'openai/gpt-5[flex]', version: expect.stringMatching(/^\d{4}-\d\d-\d\d/) },
      flags: [],
    });
  });

  describe('of a response that used tools of the provider', () => {
    const usage = { input_tokens: 1000, output_tokens: 100 };
    const plain = costOf({ provider: 'openai', model: 'gpt-5', usage }).nanoUsd!;
    const of = (context: object, raw: object = usage): CostResult =>
      costOf({ provider: 'openai', model: 'gpt-5', usage: raw, context: { api: 'responses', ...context } });
    const image = {
      input_tokens: 50,
      input_tokens_details: { text_tokens: 40, image_tokens: 10 },
      output_tokens: 1000,
      total_tokens: 1050,
    };

    it.each([
      ['searches', { tool_calls: { web_search: 2 } }, 20_000_000],
      ['files', { tool_calls: { file_search: 2 } }, 5_000_000],
      [
        'what is billed of what is shown',
        { tool_calls: { web_search: 3, file_search: 1 }, tool_usage: { web_search: { num_requests: 1 } } },
        12_500_000,
      ],
      [
        'nothing of what is shown',
        { tool_calls: { web_search: 3 }, tool_usage: { web_search: { num_requests: 0 } } },
        0,
      ],
      [
        'images by the tokens of their model',
        { tool_calls: { image_generation: 1 }, tool_usage: { image_gen: image }, image_model: 'gpt-image-1' },
        40 * 5_000 + 10 * 10_000 + 1000 * 40_000,
      ],
    ])('adds the fees of %s', (_what, context, fees) => {
      expect(of(context)).toMatchObject({ nanoUsd: plain + fees, state: 'reported', flags: [] });
    });

    it.each([
      ['a container', { tool_calls: { code_interpreter: 1 } }],
      ['an image whose tokens are not told', { tool_calls: { image_generation: 1 } }],
    ])('says that %s has no price', (_what, context) => {
      expect(of(context)).toMatchObject({ nanoUsd: plain, state: 'estimated', flags: ['unpriced_part'] });
    });

    it.each([[undefined], ['gpt-image-99']])('has no amount where its images are of a model like %s', (image_model) => {
      const cost = of({ tool_calls: { image_generation: 1 }, tool_usage: { image_gen: image }, image_model });
      expect(cost).toMatchObject({
        nanoUsd: undefined,
        state: 'unknown',
        usageState: 'reported',
        flags: ['unknown_model'],
      });
    });

    it('keeps the tools of a response without usage', () => {
      expect(of({ tool_calls: { web_search: 2 } }, {}).usage.tools).toEqual({ web_search: 2 });
    });
  });

  it('prices a compaction by the call’s own model, and a fallback by its own', () => {
    const work = { input_tokens: 100, output_tokens: 10 };
    const usage = { ...work, iterations: [{ type: 'compaction', ...work }] };
    const plain = costOf({ provider: 'anthropic', model: 'claude-sonnet-5', usage: work }).nanoUsd!;
    expect(costOf({ provider: 'anthropic', model: 'claude-sonnet-5', usage }).nanoUsd).toBe(2 * plain);
    const fallback = { ...work, iterations: [{ type: 'fallback_message', model: 'claude-sonnet-5' }] };
    expect(costOf({ provider: 'anthropic', model: 'claude-opus-5', usage: fallback })).toMatchObject({
      nanoUsd: plain,
      state: 'estimated',
      flags: ['fallback'],
    });
  });

  it('takes the user’s price before the table, and the provider’s bill before both', () => {
    const table = PriceTable.builtIn([{ model: 'grok-4.5', usdPerMillion: { input: 1, output: 1 } }]);
    const usage = { prompt_tokens: 10, completion_tokens: 0 };
    expect(costOf({ provider: 'xai', model: 'grok-4.5', usage }, table)).toMatchObject({
      nanoUsd: 10_000,
      origin: 'user',
    });
    const billed = { ...usage, cost_in_usd_ticks: 50 };
    expect(costOf({ provider: 'xai', model: 'grok-4.5', usage: billed }, table)).toMatchObject({
      nanoUsd: 5,
      origin: 'provider',
    });
  });

  it('never throws, and never gives an amount that is no whole number', () => {
    const model = fc.oneof(fc.string(), fc.constantFrom('gpt-5', 'claude-opus-5', 'gemini-2.5-flash'));
    const count = fc.oneof(fc.nat(), fc.double(), fc.anything());
    const keys = fc.constantFrom(
      'prompt_tokens',
      'completion_tokens',
      'input_tokens',
      'output_tokens',
      'iterations',
      'cost',
    );
    fc.assert(
      fc.property(
        fc.constantFrom('openai', 'anthropic', 'google', 'openrouter', ''),
        model,
        fc.dictionary(keys, count),
        (provider, name, usage) => {
          const { nanoUsd } = costOf({ provider, model: name, usage });
          expect(nanoUsd === undefined || (Number.isSafeInteger(nanoUsd) && nanoUsd >= 0)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const NAMES: Record<string, keyof Usage> = {
  input: 'input',
  cache_read: 'cacheRead',
  cache_write_5m: 'cacheWrite5m',
  cache_write_1h: 'cacheWrite1h',
  output: 'output',
  reasoning: 'reasoning',
  audio_in: 'audioIn',
  audio_cache_read: 'audioCacheRead',
  audio_out: 'audioOut',
  audio_seconds: 'audioSeconds',
  image_in: 'imageIn',
  image_out: 'imageOut',
};

/** As the vectors write it: non-zero classes only, without tools and reported cost. */
function canonical(usage: Usage): Record<string, unknown> {
  const classes = Object.entries(NAMES).map(([name, key]) => [name, usage[key]] as const);
  const calls = usage.subCalls.map(({ model, usage: own }) => ({ ...canonical(own), model }));
  return {
    ...Object.fromEntries(classes.filter(([, count]) => count !== 0)),
    ...(calls.length > 0 && { sub_calls: calls }),
  };
}

function wantedCanonical({ canonical: wanted }: Vector): Record<string, unknown> {
  const calls = wanted['sub_calls'];
  if (!Array.isArray(calls)) return wanted;
  return { ...wanted, sub_calls: calls.map((call: object) => ({ ...call, type: undefined })) };
}

describe('costOf of a query that the types forbid', () => {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

  it.each([
    ['no model', { provider: 'openai', model: undefined, usage }],
    ['a model that is no text', { provider: 'openai', model: 4, usage }],
  ])('says that the model is unknown for %s', (_what, query) => {
    const cost = costOf(query as unknown as Parameters<typeof costOf>[0]);
    expect(cost).toMatchObject({ nanoUsd: undefined, state: 'unknown', flags: ['unknown_model'] });
    expect(cost.usage).toMatchObject({ input: 10, output: 5 });
  });

  it('does not throw where there is no provider', () => {
    const query = { provider: undefined, model: 'gpt-5', usage };
    expect(costOf(query as unknown as Parameters<typeof costOf>[0])).toMatchObject({ nanoUsd: undefined });
  });
});
