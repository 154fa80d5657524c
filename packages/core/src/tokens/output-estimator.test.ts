import { describe, expect, it } from 'vitest';
import { FIRST_CALLS_OUTPUT, OutputEstimator } from './output-estimator.ts';

const learnTimes = (estimator: OutputEstimator, times: number, output: number): void => {
  for (let i = 0; i < times; i++) estimator.learn('gpt-5', 'triager', output);
};

describe('OutputEstimator', () => {
  it('expects 8,192 tokens of the first calls', () => {
    const estimator = new OutputEstimator();
    expect(estimator.expected('gpt-5', 'triager')).toBe(8_192);
    learnTimes(estimator, 19, 100);
    expect(estimator.expected('gpt-5', 'triager')).toBe(8_192);
    estimator.learn('gpt-5', 'triager', 100);
    expect(estimator.expected('gpt-5', 'triager')).toBeLessThanOrEqual(110);
  });

  it('expects more at once when the first calls answer more', () => {
    const estimator = new OutputEstimator();
    estimator.learn('gpt-5', 'triager', 20_000);
    expect(estimator.expected('gpt-5', 'triager')).toBeGreaterThanOrEqual(20_000);
  });

  it('keeps models and agents apart', () => {
    const estimator = new OutputEstimator();
    learnTimes(estimator, 50, 100);
    expect(estimator.expected('gpt-5', 'writer')).toBe(FIRST_CALLS_OUTPUT);
    expect(estimator.expected('gpt-6', 'triager')).toBe(FIRST_CALLS_OUTPUT);
  });

  it('ignores what is no amount', () => {
    const estimator = new OutputEstimator();
    for (let i = 0; i < 30; i++) estimator.learn('gpt-5', 'triager', Number.NaN);
    learnTimes(estimator, 5, -1);
    expect(estimator.expected('gpt-5', 'triager')).toBe(FIRST_CALLS_OUTPUT);
  });

  it('forgets the pair that was used longest ago beyond 1,000 pairs', () => {
    const estimator = new OutputEstimator();
    learnTimes(estimator, 30, 100);
    for (let i = 0; i < 999; i++) estimator.learn('gpt-5', `agent-${i}`, 100);
    expect(estimator.expected('gpt-5', 'triager')).toBeLessThan(FIRST_CALLS_OUTPUT);
    estimator.learn('gpt-5', 'one more', 100);
    expect(estimator.expected('gpt-5', 'triager')).toBe(FIRST_CALLS_OUTPUT);
  });
});
