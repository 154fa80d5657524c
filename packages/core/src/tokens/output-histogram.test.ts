import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputHistogram } from './output-histogram.ts';

const histogramOf = (sizes: readonly number[]): OutputHistogram => {
  const histogram = new OutputHistogram();
  for (const size of sizes) histogram.add(size);
  return histogram;
};

/** Numbers in [0, 1) that are the same in every run. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Inverse distribution functions: the size below which the given share of outputs lies. */
const DISTRIBUTIONS: Record<string, (share: number) => number> = {
  constant: () => 700,
  uniform: (share) => 1 + share * 4_000,
  exponential: (share) => 1 - 400 * Math.log(1 - share),
  pareto: (share) => 50 * (1 - share) ** (-1 / 1.5),
  'of two kinds': (share) => (share < 0.95 ? 100 + share * 50 : 6_000 + share * 4_000),
};

describe('OutputHistogram', () => {
  const anySize = fc.integer({ min: 1, max: 200_000 });

  it('is at the value of the rank of the 99th percentile, or up to its bucket above it', () => {
    fc.assert(
      fc.property(fc.array(anySize, { minLength: 1, maxLength: 1_000, size: 'max' }), (sizes) => {
        const exact = sizes.toSorted((a, b) => a - b)[Math.ceil((sizes.length * 99) / 100) - 1]!;
        const estimate = histogramOf(sizes).percentile99();
        expect(estimate).toBeGreaterThanOrEqual(exact);
        expect(estimate).toBeLessThanOrEqual(exact * 2 ** (1 / 8) + 1);
      }),
    );
  });

  it('is never below the largest of fewer than 100 observations', () => {
    fc.assert(
      fc.property(fc.array(anySize, { minLength: 1, maxLength: 99, size: 'max' }), (sizes) => {
        expect(histogramOf(sizes).percentile99()).toBeGreaterThanOrEqual(Math.max(...sizes));
      }),
    );
  });

  it.each(Object.keys(DISTRIBUTIONS))('comes to the true percentile of a distribution that is %s', (name) => {
    const quantile = DISTRIBUTIONS[name]!;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.constantFrom(1_000, 3_000, 10_000), (seed, draws) => {
        const draw = uniform(seed);
        const estimate = histogramOf(Array.from({ length: draws }, () => quantile(draw()))).percentile99();
        // Of 1,000 draws forty lie above 96 %: that only ten do is one case in 10^8. The bucket adds 9.1 %.
        expect(estimate).toBeGreaterThanOrEqual(quantile(0.96));
        expect(estimate).toBeLessThanOrEqual(quantile(0.9999) * 2 ** (1 / 8) + 1);
      }),
      { numRuns: 30 },
    );
  });

  it('follows a change within some thousand observations, also after a million', () => {
    const histogram = new OutputHistogram();
    for (let i = 0; i < 1_000_000; i++) histogram.add(5_000);
    expect(histogram.percentile99()).toBeGreaterThanOrEqual(5_000);
    for (let i = 0; i < 5_000; i++) histogram.add(100);
    expect(histogram.percentile99()).toBeGreaterThanOrEqual(100);
    expect(histogram.percentile99()).toBeLessThan(110);
  });

  it('takes what is below one for one and what is huge for 2^21', () => {
    expect(new OutputHistogram().percentile99()).toBe(1);
    expect(histogramOf([0, 1, -5, Number.NaN]).percentile99()).toBe(1);
    expect(histogramOf([1e12]).percentile99()).toBe(2 ** 21);
  });
});
