import { describe, expect, it } from 'vitest';
import { usageOf, usageSoFar } from './billed-usage.ts';
import { costOfUsage, tariffOf } from './cost.ts';
import { PRICE_LIST, type Mode, type PriceList } from './price-list.ts';

function cost(
  model: string,
  parts: Parameters<typeof usageOf>[0],
  mode?: Mode,
  prices: PriceList = PRICE_LIST,
): number {
  const tariff = tariffOf(model, prices);
  if (tariff === undefined) throw new Error(`no price for ${model}`);
  return costOfUsage(usageOf(parts), tariff, mode);
}

describe('the bill, against figures worked out by hand', () => {
  it('bills plain input and output', () => {
    // 1,000 × $0.15/M + 500 × $0.60/M = $0.00015 + $0.00030
    expect(cost('gpt-4o-mini', { input: 1000, output: 500 })).toBe(450_000);
  });

  it('bills cache reads at their own rate, and finds a dated model', () => {
    // 86 × $2.5/M + 1,920 × $1.25/M + 300 × $10/M = $0.005615
    expect(cost('gpt-4o-2024-08-06', { input: 86, cacheRead: 1920, output: 300 })).toBe(5_615_000);
  });

  it('prefers the dated model where the list has it', () => {
    // 10,000 × $5/M + 1,000 × $15/M = $0.065
    expect(cost('gpt-4o-2024-05-13', { input: 10_000, output: 1000 })).toBe(65_000_000);
  });

  it('bills short and long cache writes apart', () => {
    // 50 × $5 + 2,000 × $6.25 + 10,000 × $10 + 30,000 × $0.5 + 800 × $25, per million = $0.14775
    const usage = {
      input: 50,
      cacheWrite5m: 2000,
      cacheWrite1h: 10_000,
      cacheRead: 30_000,
      reasoning: 300,
      output: 500,
    };
    expect(cost('claude-opus-4-8', usage)).toBe(147_750_000);
  });

  it('bills the whole request at the long-context rate from one token above the mark', () => {
    // 272,000 × $5/M + 1,000 × $30/M = $1.39; 272,001 × $10/M + 1,000 × $45/M = $2.76501
    expect(cost('gpt-5.5', { input: 272_000, output: 1000 })).toBe(1_390_000_000);
    expect(cost('gpt-5.5', { input: 200_001, cacheRead: 72_000, output: 1000 })).toBe(
      // 200,001 × $10/M + 72,000 × $1/M + 1,000 × $45/M = $2.11701
      2_117_010_000,
    );
    expect(cost('gpt-5.5', { input: 272_001, output: 1000 })).toBe(2_765_010_000);
  });

  it('bills a mode that has a price', () => {
    // 5,000 × $2.5/M + 15,000 × $0.25/M + 3,000 × $15/M = $0.06125
    expect(cost('gpt-5.5-2026-04-23', { input: 5000, cacheRead: 15_000, output: 2000, reasoning: 1000 }, 'flex')).toBe(
      61_250_000,
    );
    // 1,000 × $10/M + 4,000 × $12.5/M + 10,000 × $1/M + 2,000 × $50/M = $0.17
    expect(cost('claude-opus-4-8', { input: 1000, cacheWrite5m: 4000, cacheRead: 10_000, output: 2000 }, 'fast')).toBe(
      170_000_000,
    );
  });

  it('bills searches by the piece and transcription by the second', () => {
    // 9,000 × $1.25/M + 1,200 × $10/M + 3 × $0.01 = $0.05325
    expect(cost('gpt-5', { input: 9000, output: 700, reasoning: 500, webSearches: 3 })).toBe(53_250_000);
    // 90 s × $0.36/h = $0.009
    expect(cost('whisper-1', { audioSeconds: 90 })).toBe(9_000_000);
  });

  it('bills images and audio at the rates of their kind', () => {
    // 50 × $5/M + 300 × $10/M + 4,160 × $40/M = $0.16965
    expect(cost('gpt-image-1', { input: 50, imageIn: 300, imageOut: 4160 })).toBe(169_650_000);
    // 400 × $2.5 + 600 × $32 + 100 × $10 + 300 × $64, per million = $0.0404
    expect(cost('gpt-audio', { input: 400, audioIn: 600, output: 100, audioOut: 300 })).toBe(40_400_000);
  });

  it('rounds half a nano-USD up, once for the whole request', () => {
    // 1 × 37.5 nano-USD, 3 × 37.5 = 112.5, 2 × 37.5 = 75
    expect(cost('openai/gpt-oss-20b', { cacheRead: 1 })).toBe(38);
    expect(cost('openai/gpt-oss-20b', { cacheRead: 3 })).toBe(113);
    expect(cost('openai/gpt-oss-20b', { cacheRead: 2 })).toBe(75);
  });

  it('bills a class without a rate of its own like the input or the output', () => {
    // 10 × $5/M + 20 × $5/M + 2 × $15/M
    expect(cost('gpt-4o-2024-05-13', { input: 10, cacheRead: 20, reasoning: 2 })).toBe(180_000);
  });

  it('has no price for a model that is not on the list', () => {
    expect(tariffOf('gpt-99', PRICE_LIST)).toBeUndefined();
    expect(tariffOf('gpt-4o-2024', PRICE_LIST)).toBeUndefined();
  });

  it('refuses a price that an integer of pico-USD cannot hold', () => {
    expect(() => tariffOf('x', { x: { input: '0.0000001' } })).toThrow(RangeError);
  });
});

describe('a reply that was cut short', () => {
  const whole = usageOf({ input: 10, reasoning: 5, output: 7, webSearches: 1 });

  it('owes the input, then reasoning before text, and searches only at the end', () => {
    expect(usageSoFar(whole, 0)).toEqual(usageOf({ input: 10 }));
    expect(usageSoFar(whole, 6)).toEqual(usageOf({ input: 10, reasoning: 5, output: 1 }));
    expect(usageSoFar(whole, 11)).toEqual(usageOf({ input: 10, reasoning: 5, output: 6 }));
    expect(usageSoFar(whole, 12)).toBe(whole);
  });
});
