import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyUsage, type Usage } from '../usage.ts';
import type { PricePlan } from './plan.ts';
import { priceUsage } from './price.ts';
import { completeRates, type PartialRates, type Rates } from './rates.ts';

function planOf(rates: PartialRates, rest: Partial<PricePlan> = {}): PricePlan {
  return {
    id: 'test/model',
    provider: 'test',
    model: 'model',
    version: '1',
    origin: 'table',
    tiers: [{ over: 0, rates: completeRates(rates) }],
    fees: {},
    maxOutput: undefined,
    ...rest,
  };
}

function usageOf(classes: Partial<Usage>): Usage {
  return { ...emptyUsage(), ...classes };
}

describe('priceUsage', () => {
  it.each([
    [400, 0],
    [499, 0],
    [500, 1],
    [600, 1],
    [1499, 1],
    [1500, 2],
  ])('rounds %i pico-USD to %i nano-USD', (pico, nano) => {
    expect(priceUsage(usageOf({ input: 1 }), planOf({ input: pico })).nanoUsd).toBe(nano);
  });

  it('rounds once for the call, and each part of the split by itself', () => {
    const priced = priceUsage(usageOf({ input: 1, output: 1 }), planOf({ input: 1500, output: 1500 }));
    expect(priced).toEqual({ nanoUsd: 3, breakdown: { input: 2, output: 2 }, flags: [] });
  });

  it('prices the whole request by the tier of the whole prompt, caches included', () => {
    const plan = planOf(
      {},
      {
        tiers: [
          { over: 0, rates: completeRates({ input: 1000, cacheRead: 100, output: 5000 }) },
          { over: 200, rates: completeRates({ input: 2000, cacheRead: 200, output: 7000 }) },
        ],
      },
    );
    expect(priceUsage(usageOf({ input: 100, cacheRead: 100, output: 10 }), plan).nanoUsd).toBe(100 + 10 + 50);
    expect(priceUsage(usageOf({ input: 101, cacheRead: 100, output: 10 }), plan).nanoUsd).toBe(202 + 20 + 70);
  });

  it('adds fees per unit, and those that every call has', () => {
    const plan = planOf(
      { input: 0 },
      { fees: { web_search: 10_000_000_000, request: 5_000_000, audio_second: 100_000_000 } },
    );
    const priced = priceUsage(usageOf({ tools: { web_search: 3 }, audioSeconds: 1.5 }), plan);
    expect(priced.breakdown).toEqual({ tools: 30_005_000, audioSeconds: 150_000 });
    expect(priced.nanoUsd).toBe(30_155_000);
  });

  it('flags a unit that has no fee', () => {
    expect(priceUsage(usageOf({ input: 1, tools: { web_search: 1 } }), planOf({ input: 1000 }))).toEqual({
      nanoUsd: 1,
      breakdown: { input: 1 },
      flags: ['unpriced_part'],
    });
  });

  it('prices work that was passed on by the plan of its own model', () => {
    const usage = usageOf({ input: 1, subCalls: [{ model: 'other', usage: usageOf({ output: 2 }) }] });
    const planFor = (model: string): PricePlan | undefined =>
      model === 'other' ? planOf({ output: 9000 }) : undefined;
    const priced = priceUsage(usage, planOf({ input: 1000 }), planFor);
    expect(priced).toEqual({ nanoUsd: 19, breakdown: { input: 1, subCalls: 18 }, flags: [] });
  });

  it('has no amount where work was passed on to a model without a price', () => {
    const usage = usageOf({ input: 1, subCalls: [{ model: 'other', usage: usageOf({ output: 2 }) }] });
    expect(priceUsage(usage, planOf({ input: 1000 }))).toMatchObject({ nanoUsd: undefined, flags: ['unknown_model'] });
  });

  it('has no amount where it no longer fits', () => {
    const priced = priceUsage(usageOf({ input: 1e14 }), planOf({ input: 150_000_000 }));
    expect(priced).toMatchObject({ nanoUsd: undefined, flags: ['amount_too_large'] });
    expect(priceUsage(usageOf({ input: Infinity }), planOf({ input: 1 })).nanoUsd).toBeUndefined();
  });

  it('is exact for any counts and rates', () => {
    const count = fc.oneof(fc.nat(1_000_000), fc.nat(2_000_000_000));
    const rate = fc.nat(600_000_000);
    const kinds = fc.constantFrom<keyof Rates>(
      'input',
      'cacheRead',
      'cacheWrite1h',
      'output',
      'reasoning',
      'audioOut',
      'imageIn',
    );
    const term = fc.tuple(kinds, count, rate);
    fc.assert(
      fc.property(fc.uniqueArray(term, { selector: ([kind]) => kind, minLength: 1 }), (terms) => {
        const usage = usageOf(Object.fromEntries(terms.map(([kind, n]) => [kind, n])));
        const plan = planOf(Object.fromEntries(terms.map(([kind, , r]) => [kind, r])));
        const sum = terms.reduce((total, [, n, r]) => total + BigInt(n) * BigInt(r), 0n);
        const nano = Number((sum + 500n) / 1000n);
        expect(priceUsage(usage, plan).nanoUsd).toBe(Number.isSafeInteger(nano) ? nano : undefined);
      }),
    );
  });
});
