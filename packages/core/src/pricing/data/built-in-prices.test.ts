import { readFileSync } from 'node:fs';
import { calcPrice, type MatchLogic, type Provider, waitForUpdate } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { emptyUsage } from '../../usage.ts';
import { builtInPrices } from './built-in-prices.ts';
import { checkPriceData } from './check-price-data.ts';
import { RATE_KINDS } from './price-data.ts';
import { priceUsage } from '../price.ts';
import { PriceTable } from '../price-table.ts';

const data = builtInPrices();
const file = readFileSync(new URL('../prices.json', import.meta.url), 'utf8');

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

  it('would have an issue if a row lacked a rate, which would make its tokens free', () => {
    const [first = [], ...others] = data.rates;
    for (const row of [[], first.slice(0, 2)]) {
      expect(checkPriceData({ ...data, rates: [row, ...others] })).toMatchObject([{ path: 'rates[0]' }]);
    }
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

/** What the overlay corrects, and must differ for. */
const CORRECTED = new Set([
  'deepseek/deepseek-chat',
  'deepseek/deepseek-reasoner',
  'deepseek/deepseek-v4-flash',
  'google/claude-opus-4-6',
  'mistral/mistral-large',
  'x-ai/grok-4.5',
]);

describe('the catalogue as oracle', () => {
  const table = PriceTable.builtIn();
  const timestamp = new Date('2026-11-20T12:00:00Z');
  const read = 500;
  const written = 200;

  /** Ids that differ, as `provider/model` of the catalogue. */
  function differing(providers: readonly Provider[], input: number): string[] {
    const ids = providers.flatMap((provider) => provider.models.map((model) => ({ provider: provider.id, model })));
    const wrong = ids.filter(({ provider, model }) => {
      return [model.id, ...equals(model.match)].some((id) => {
        const usage = { input_tokens: input + read, cache_read_tokens: read, output_tokens: written };
        const wanted = calcPrice(usage, id, { providerId: provider, timestamp });
        if (wanted === null) return false;
        const plan = table.lookup({ provider, model: id, at: timestamp.getTime() });
        if (plan === undefined) return true;
        const { nanoUsd } = priceUsage({ ...emptyUsage(), input, cacheRead: read, output: written }, plan);
        return Math.abs(nanoUsd! - wanted.total_price * 1e9) > 1;
      });
    });
    return wrong.map(({ provider, model }) => `${provider}/${model.id}`);
  }

  it.each([1000, 300_000])(
    'every id costs what the catalogue says at %i tokens, but for what is corrected',
    async (input) => {
      const providers = (await waitForUpdate())!;
      expect(providers.length).toBeGreaterThan(30);
      expect(differing(providers, input).filter((id) => !CORRECTED.has(id))).toEqual([]);
    },
  );

  it('differs where it is corrected', async () => {
    const providers = (await waitForUpdate())!;
    const wrong = [...differing(providers, 1000), ...differing(providers, 300_000)];
    expect(new Set(wrong)).toEqual(CORRECTED);
  });
});

function equals(match: MatchLogic): string[] {
  if ('or' in match) return match.or.flatMap(equals);
  return 'equals' in match ? [match.equals] : [];
}
