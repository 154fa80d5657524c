import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInPrices } from '../data/built-in-prices.ts';
import { parsePriceOverrides } from './parse-overrides.ts';

describe('parsePriceOverrides', () => {
  it('takes prices, aliases and discounts', () => {
    const rules = [
      { model: 'my-llama*', usdPerMillion: { input: 0, output: 0 } },
      { model: 'local', provider: 'vllm', usdPerCall: 0, usdPerTool: { web_search: 0.01 }, maxOutput: 4096 },
      { alias: 'prod-chat', model: 'gpt-4o', provider: 'azure', modelProvider: 'openai', factor: 1.1 },
      { factor: 0.9, provider: 'openai', model: undefined },
    ];
    expect(parsePriceOverrides(rules)).toEqual({ overrides: { rules }, issues: [] });
  });

  it('takes nothing at all, and a table', () => {
    expect(parsePriceOverrides(undefined)).toEqual({ overrides: { rules: [] }, issues: [] });
    const data = builtInPrices();
    expect(parsePriceOverrides(data)).toEqual({ overrides: { rules: [], data }, issues: [] });
  });

  it('names every issue with its path, and keeps what is valid', () => {
    const valid = { model: 'a', usdPerCall: 0 };
    const { overrides, issues } = parsePriceOverrides([
      valid,
      { model: 'b' },
      { model: 'a*b', usdPerMillion: { input: -1, ouput: 2 } },
      { alias: 'x', factor: '0.9' },
      { factor: NaN },
      { model: '', usdPerCall: Infinity, usdPerTool: { search: 'a' }, maxOutput: 0.5 },
      'free',
    ]);
    expect(overrides.rules).toEqual([valid]);
    expect(issues.map(({ path }) => path)).toEqual([
      'prices[1]',
      'prices[2].model',
      'prices[2].usdPerMillion.input',
      'prices[2].usdPerMillion.ouput',
      'prices[2].usdPerMillion.output',
      'prices[3].factor',
      'prices[3].model',
      'prices[4].factor',
      'prices[5].model',
      'prices[5].usdPerCall',
      'prices[5].maxOutput',
      'prices[5].usdPerTool.search',
      'prices[6]',
    ]);
    expect(issues.slice(1, 6).map(({ message }) => message)).toEqual([
      "must be the id of a model, or a beginning that ends in '*', is 'a*b'",
      'must be a number of USD, 0 to 1,000,000, is -1',
      expect.stringMatching(/^is unknown: did you mean 'output'\?; known: input, /),
      'must be a number of USD, 0 to 1,000,000, is missing',
      "must be a number from 0 to 1,000, such as 0.9 for 10 % off, is '0.9'",
    ]);
    expect(issues[2]).toMatchObject({ received: -1 });
  });

  it('refuses a table that is broken anywhere', () => {
    const data = builtInPrices();
    data.rates[0] = [0.5];
    data.providers[0]!.models[0]!.prices[0]!.tiers = [];
    data.providers[1]!.hosts = [['(', '']];
    const { overrides, issues } = parsePriceOverrides(data);
    expect(overrides).toEqual({ rules: [] });
    expect(issues.map(({ path }) => path)).toEqual([
      'prices.rates[0]',
      'prices.providers[0].models[0].prices[0]',
      'prices.providers[1].hosts',
    ]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        const { issues, overrides } = parsePriceOverrides([input]);
        expect(issues.length > 0 || overrides.rules.length === 1).toBe(true);
      }),
    );
  });
});
