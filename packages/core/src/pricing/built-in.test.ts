import { readFileSync } from 'node:fs';
import { calcPrice } from '@pydantic/genai-prices';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyUsage } from '../usage.ts';
import { builtInPrices } from './built-in.ts';
import { checkPriceData } from './check-price-data.ts';
import { RATE_KINDS } from './format.ts';
import { priceUsage } from './price.ts';
import { PriceTable } from './price-table.ts';

const data = builtInPrices();
const file = readFileSync(new URL('prices.json', import.meta.url), 'utf8');

describe('the built-in table', () => {
  it('is the one in prices.json', () => {
    expect(JSON.parse(file)).toEqual(data);
  });

  it('has no issue, complete rows of whole pico-USD, and stays small', () => {
    expect(checkPriceData(data)).toEqual([]);
    expect(data.kinds).toEqual([...RATE_KINDS]);
    expect(data.rates.every((row) => row.length === RATE_KINDS.length)).toBe(true);
    expect(file.length).toBeLessThan(700_000);
  });

  it('carries the licence of the catalogue', () => {
    expect(data.notice).toContain('MIT License');
  });

  it('has a price at any time for each model', () => {
    const table = PriceTable.from(data);
    for (const { id: provider, models } of data.providers) {
      for (const { id: model } of models) {
        for (const date of ['2020-01-01', '2026-11-18T02:00:00Z', '2030-01-01']) {
          expect([provider, model, table.explain({ provider, model, at: Date.parse(date) })]).toEqual([
            provider,
            model,
            undefined,
          ]);
        }
      }
    }
  });
});

// Plain cases: models that the overlay leaves alone, text tokens, below all tiers.
const ORACLE: readonly [provider: string, model: string][] = [
  ['openai', 'gpt-4o-2024-08-06'],
  ['openai', 'gpt-4.1-mini'],
  ['openai', 'gpt-5-mini-2025-08-07'],
  ['openai', 'gpt-5.6-terra-2026-07-09'],
  ['openai', 'gpt-6-sol'],
  ['openai', 'o4-mini-2025-04-16'],
  ['anthropic', 'claude-sonnet-4-5-20250929'],
  ['anthropic', 'claude-opus-5-5'],
  ['anthropic', 'claude-haiku-4-5-20251001'],
  ['google', 'gemini-2.5-flash'],
  ['google', 'gemini-3.1-pro-preview'],
  ['google', 'claude-sonnet-4-5@20250929'],
  ['aws', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['aws', 'anthropic.claude-opus-4-8'],
  ['aws', 'amazon.nova-lite-v1:0'],
  ['mistral', 'mistral-large-2512'],
  ['groq', 'openai/gpt-oss-120b'],
  ['x-ai', 'grok-4.3'],
  ['openrouter', 'anthropic/claude-sonnet-4.6'],
  ['moonshotai', 'kimi-k3'],
];

describe('the catalogue as oracle', () => {
  const table = PriceTable.builtIn();
  const timestamp = new Date('2026-11-20T12:00:00Z');

  it.each(ORACLE)('%s %s costs what the catalogue says', (provider, model) => {
    const plan = table.lookup({ provider, model, at: timestamp.getTime() })!;
    fc.assert(
      fc.property(fc.nat(40_000), fc.nat(40_000), fc.nat(20_000), (input, cacheRead, output) => {
        const usage = { input_tokens: input + cacheRead, cache_read_tokens: cacheRead, output_tokens: output };
        const wanted = calcPrice(usage, model, { providerId: provider, timestamp })!.total_price * 1e9;
        const priced = priceUsage({ ...emptyUsage(), input, cacheRead, output }, plan).nanoUsd!;
        expect(Math.abs(priced - wanted)).toBeLessThanOrEqual(0.5 + wanted * 1e-9);
      }),
      { numRuns: 20 },
    );
  });
});
