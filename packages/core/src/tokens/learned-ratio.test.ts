import { describe, expect, it } from 'vitest';
import { LearnedRatio } from './learned-ratio.ts';

describe('LearnedRatio', () => {
  it('starts at 1 with the deviation it is given', () => {
    const ratio = new LearnedRatio(0.25);
    expect([ratio.mean, ratio.deviation, ratio.observations]).toEqual([1, 0.25, 0]);
  });

  it('weighs the prior as one observation', () => {
    const ratio = new LearnedRatio(0.5);
    ratio.learn(2);
    expect(ratio.mean).toBe(1.5);
    expect(ratio.deviation ** 2).toBeCloseTo(0.5 * (0.25 + 0.5));
    ratio.learn(3);
    expect(ratio.mean).toBeCloseTo(2);
    expect(ratio.observations).toBe(2);
  });

  it('follows a change: half of it within fourteen observations, however many came before', () => {
    const ratio = new LearnedRatio(0.25);
    for (let i = 0; i < 1_000; i++) ratio.learn(1);
    for (let i = 0; i < 14; i++) ratio.learn(2);
    expect(ratio.mean).toBeGreaterThan(1.5);
    expect(ratio.mean).toBeLessThan(1.55);
  });

  it('grows sure of what does not vary and unsure of what does', () => {
    const steady = new LearnedRatio(0.25);
    const varied = new LearnedRatio(0.25);
    for (let i = 0; i < 200; i++) {
      steady.learn(1.3);
      varied.learn(i % 2 === 0 ? 1 : 2);
    }
    expect(steady.deviation).toBeLessThan(0.01);
    expect(varied.deviation).toBeGreaterThan(0.45);
    expect(varied.deviation).toBeLessThan(0.55);
  });

  it.each([0.199, 8.001, -1, 0, Number.NaN, Infinity])('ignores %d', (observed) => {
    const ratio = new LearnedRatio(0.25);
    ratio.learn(observed);
    expect([ratio.mean, ratio.deviation]).toEqual([1, 0.25]);
  });

  it.each([0.2, 8])('takes %d in', (observed) => {
    const ratio = new LearnedRatio(0.25);
    ratio.learn(observed);
    expect(ratio.mean).toBe((1 + observed) / 2);
  });
});
