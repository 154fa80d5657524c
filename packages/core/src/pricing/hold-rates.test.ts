import { describe, expect, it } from 'vitest';
import { holdRates } from './hold-rates.ts';
import { PriceTable } from './price-table.ts';

const at = Date.parse('2026-11-20T12:00:00Z');
const table = PriceTable.builtIn();

describe('holdRates', () => {
  const sol = table.lookup({ provider: 'openai', model: 'gpt-6.1-sol', at })!;

  it('holds plain input at its own rate', () => {
    expect(holdRates(sol, 1000)).toEqual({ inputPico: 2_000_000, outputPico: 10_000_000, maxOutput: 128_000 });
  });

  it('holds input at the dearest cache write where the request may write a cache', () => {
    expect(holdRates(sol, 1000, { cacheWrite: 'long' }).inputPico).toBe(5_000_000);
  });

  it('holds at the tier of the prompt: 272,000 tokens are in the lower one', () => {
    expect(holdRates(sol, 272_000).inputPico).toBe(2_000_000);
    expect(holdRates(sol, 272_001)).toMatchObject({ inputPico: 4_000_000, outputPico: 15_000_000 });
  });

  it('holds output at the dearer of output and reasoning', () => {
    const plan = PriceTable.builtIn([{ model: 'm', usdPerMillion: { input: 1, output: 2, reasoning: 3 } }]);
    expect(holdRates(plan.lookup({ provider: 'openai', model: 'm', at })!, 1).outputPico).toBe(3_000_000);
  });

  it('holds audio and images at their rates', () => {
    const audio = table.lookup({ provider: 'openai', model: 'gpt-audio', at })!;
    expect(holdRates(audio, 1, { audio: true })).toMatchObject({ inputPico: 32_000_000, outputPico: 64_000_000 });
    const image = table.lookup({ provider: 'openai', model: 'gpt-image-1', at })!;
    expect(holdRates(image, 1, { images: true })).toMatchObject({ inputPico: 10_000_000, outputPico: 40_000_000 });
  });
});
