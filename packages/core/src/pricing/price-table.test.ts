import { describe, expect, it } from 'vitest';
import type { PriceOverride } from './overrides/override.ts';
import { builtInPrices } from './data/built-in-prices.ts';
import type { PriceQuery } from './price-query.ts';
import { PriceTable } from './price-table.ts';

const at = Date.parse('2026-11-20T12:00:00Z');
const table = PriceTable.builtIn();

function idOf(provider: string, model: string, rest: Partial<PriceQuery> = {}): string | undefined {
  const query = { provider, model, at, ...rest };
  return table.lookup(query)?.id ?? table.explain(query);
}

describe('PriceTable.lookup', () => {
  it('does not look for a name of more than 512 bytes, whatever it ends with', () => {
    expect(idOf('openai', `gpt-4o${'-latest'.repeat(72)}`)).toBe('openai/gpt-4o');
    expect(idOf('openai', `gpt-4o${'-latest'.repeat(73)}`)).toBe('unknown_model');
    expect(idOf('openai', `gpt-4o${'-latest'.repeat(200_000)}`)).toBe('unknown_model');
    expect(table.assume({ provider: 'openai', model: 'é'.repeat(300), at })).toBeDefined();
  });

  it.each([
    ['openai', 'gpt-5.6-sol-2026-07-09', 'openai/gpt-5.6-sol@2026-08-21'],
    ['openai', 'gpt-5.6', 'openai/gpt-5.6-sol@2026-08-21'],
    ['openai', 'openai/gpt-5.5', 'openai/gpt-5.5'],
    ['openai', 'GPT-5.5', 'openai/gpt-5.5'],
    ['openai', 'gpt-4o-2024-05-13', 'openai/gpt-4o-2024-05-13'],
    ['openai', 'ft:gpt-4o-2024-08-06:acme::abc', 'openai/ft:gpt-4o'],
    ['openai', 'ft:gpt-4.1-mini-2025-04-14:acme:x:abc', 'openai/ft:gpt-4.1-mini'],
    ['openai', 'ft:o4-mini-2025-04-16:acme::abc', 'openai/ft:o4-mini'],
    ['azure.ai.openai', 'gpt-4o-2024-08-06', 'openai/gpt-4o'],
    ['openai.responses', 'gpt-4o', 'openai/gpt-4o'],
    ['anthropic', 'claude-opus-4-20250514', 'anthropic/claude-opus-4-0'],
    ['anthropic', 'anthropic/claude-opus-5-5-20261001', 'anthropic/claude-opus-5-5'],
    ['anthropic', 'claude-sonnet-5-5', 'anthropic/claude-sonnet-5-5@2026-10-07'],
    ['anthropic', 'claude-3-5-sonnet-latest', 'anthropic/claude-3-5-sonnet'],
    ['gcp.gemini', 'models/gemini-2.5-flash', 'google/gemini-2.5-flash'],
    ['google', 'publishers/google/models/gemini-2.5-flash', 'google/gemini-2.5-flash'],
    ['google', 'gemini-2.5-flash-001', 'google/gemini-2.5-flash'],
    ['google', 'gemini-2.5-pro-preview-05-06', 'google/gemini-2.5-pro'],
    ['gcp.vertex_ai', 'claude-sonnet-4-5@20250929', 'google/claude-sonnet-4-5'],
    [
      'aws.bedrock',
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
    ],
    ['aws.bedrock', 'global.anthropic.claude-opus-5', 'aws/global.anthropic.claude-opus-5'],
    ['aws.bedrock', 'anthropic.claude-opus-5', 'aws/regional.anthropic.claude-opus-5'],
    ['amazon-bedrock', 'eu.amazon.nova-lite-v1:0', 'aws/amazon.nova-lite-v1:0'],
    [
      'aws.bedrock',
      'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-20250514-v1:0',
      'aws/regional.anthropic.claude-sonnet-4-20250514-v1:0',
    ],
    ['aws.bedrock', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', 'aws/amazon.nova-pro-v1:0'],
    ['openrouter', 'anthropic/claude-sonnet-4.6:nitro', 'openrouter/anthropic/claude-sonnet-4.6'],
    ['x_ai', 'grok-4.3', 'x-ai/grok-4.3'],
    ['mistral_ai', 'mistral-large-latest', 'mistral/mistral-large-latest@2025-12-02'],
    ['ollama', 'any-model:8b', 'ollama/any-model:8b'],
  ])('finds %s %s', (provider, model, id) => {
    expect(idOf(provider, model)).toBe(id);
  });

  it.each([
    ['anthropic', 'claude-sonnet-5-6', 'unknown_model'],
    ['google', 'gemini-3.8-flash-lite', 'unknown_model'],
    ['openai', 'gpt-4o-turbo', 'unknown_model'],
    ['openai', 'ft:gpt-9:acme::abc', 'unknown_model'],
    ['aws.bedrock', 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123', 'unknown_model'],
    ['azure.ai.openai', 'prod-chat', 'unknown_model'],
    ['some-gateway', 'gpt-4o', 'no_provider'],
    ['', '', 'no_provider'],
  ])('has no price for %s %s: %s', (provider, model, reason) => {
    expect(idOf(provider, model)).toBe(reason);
  });

  it.each([
    ['openai', 'gpt-5-mini', { serviceTier: 'priority' }, 'openai/gpt-5-mini[priority]'],
    ['openai', 'gpt-5-mini', { serviceTier: 'fast' }, 'openai/gpt-5-mini[priority]'],
    ['openai', 'gpt-5-mini', { serviceTier: 'default' }, 'openai/gpt-5-mini'],
    ['openai', 'gpt-5-mini', { serviceTier: 'scale' }, 'tier_unknown'],
    ['openai', 'gpt-6-sol', { baseUrl: 'https://eu.api.openai.com/v1' }, 'openai/gpt-6-sol[regional]'],
    [
      'openai',
      'gpt-6-sol',
      { baseUrl: 'https://us.api.openai.com/v1', serviceTier: 'flex' },
      'openai/gpt-6-sol[flex+regional]',
    ],
    ['openai', 'gpt-4o', { baseUrl: 'https://eu.api.openai.com/v1' }, 'openai/gpt-4o'],
    ['openai', 'gpt-4o', { baseUrl: 'http://127.0.0.1:8080/v1' }, 'openai/gpt-4o'],
    ['anthropic', 'claude-opus-4-8', { speed: 'fast', geo: 'us' }, 'anthropic/claude-opus-4-8[fast+us]'],
    ['anthropic', 'claude-haiku-4-5', { speed: 'fast' }, 'tier_unknown'],
    ['anthropic', 'claude-haiku-4-5', { geo: 'not_available', serviceTier: 'standard' }, 'anthropic/claude-haiku-4-5'],
    ['anthropic', 'claude-opus-4-8', { serviceTier: 'priority' }, 'tier_unknown'],
    ['google', 'gemini-2.5-flash', { serviceTier: 'ON_DEMAND_FLEX' }, 'google/gemini-2.5-flash[flex]'],
    ['google', 'gemini-2.5-flash', { serviceTier: 'PROVISIONED_THROUGHPUT' }, 'google/gemini-2.5-flash[provisioned]'],
    [
      'gcp.vertex_ai',
      'claude-opus-5',
      { baseUrl: 'https://europe-west1-aiplatform.googleapis.com' },
      'google/claude-opus-5[regional]',
    ],
    ['gcp.vertex_ai', 'claude-opus-5', { baseUrl: 'https://aiplatform.googleapis.com' }, 'google/claude-opus-5'],
  ] as const)('finds the variant of %s %s %o', (provider, model, rest, id) => {
    expect(idOf(provider, model, rest)).toBe(id);
  });

  it('takes the price of the moment at which the request began', () => {
    expect(idOf('openai', 'gpt-5.6-terra', { at: Date.parse('2026-07-29T23:59:59.999Z') })).toBe(
      'openai/gpt-5.6-terra',
    );
    expect(idOf('openai', 'gpt-5.6-terra', { at: Date.parse('2026-07-30T00:00:00Z') })).toBe(
      'openai/gpt-5.6-terra@2026-07-30',
    );
  });

  it('has dated variants: ultrafast is dearer from March 2027 on', () => {
    const query = { provider: 'openai', model: 'gpt-6.2-sol', serviceTier: 'ultrafast' };
    expect(table.lookup({ ...query, at: Date.parse('2027-02-28T23:59:59Z') })!.tiers[0]!.rates.input).toBe(6_000_000);
    expect(table.lookup({ ...query, at: Date.parse('2027-03-01T00:00:00Z') })!.tiers[0]!.rates.input).toBe(12_000_000);
  });

  it('gives the same plan again', () => {
    expect(table.lookup({ provider: 'openai', model: 'gpt-4o', at })).toBe(
      table.lookup({ provider: 'openai', model: 'gpt-4o', at }),
    );
  });

  it('prices a local model at nothing', () => {
    const rates = table.lookup({ provider: 'ollama', model: 'llama3.2', at })!.tiers[0]!.rates;
    expect(Object.values(rates).every((rate) => rate === 0)).toBe(true);
  });

  it('says its version and date', () => {
    expect(table.version).toBe(builtInPrices().version);
    expect(table.timestamp * 1000).toBe(Date.parse(table.version));
  });
});

describe('PriceTable.assume', () => {
  const assumed = (query: Partial<PriceQuery>): string | undefined => {
    return table.assume({ provider: 'openai', model: 'gpt-4o', at, ...query })?.id;
  };

  it('gives what is listed where it is listed', () => {
    expect(assumed({ model: 'gpt-4o' })).toBe('openai/gpt-4o');
  });

  it.each([
    ['openai', 'gpt-6.9-sol', 'openai/gpt-6-astra'],
    ['anthropic', 'claude-opus-7', 'anthropic/claude-opus-4-0'],
    ['anthropic', 'claude-sonnet-5-6', 'anthropic/claude-sonnet-5'],
    ['openai', 'o4-mini-2027', 'openai/o4-mini'],
    ['openai', 'something-else', 'openai/gpt-4.5-preview'],
    ['openai', 'something-pro', 'openai/o1-pro'],
  ])('gives the dearest of the family for %s %s', (provider, model, id) => {
    expect(assumed({ provider, model })).toMatch(new RegExp(`^${id.replaceAll('.', String.raw`\.`)}`));
  });

  it('gives the dearest variant where only the tier is unknown', () => {
    expect(assumed({ provider: 'anthropic', model: 'claude-opus-4-8', serviceTier: 'priority' })).toBe(
      'anthropic/claude-opus-4-8[fast+us]',
    );
  });

  it('gives nothing for a provider or a host that is not listed', () => {
    expect(assumed({ provider: 'my-gateway', model: 'gpt-99' })).toBeUndefined();
    expect(assumed({ model: 'my-llama', baseUrl: 'http://localhost:8000/v1' })).toBeUndefined();
    expect(assumed({ model: 'my-llama', baseUrl: 'https://llm.example.com/v1' })).toBeUndefined();
    expect(assumed({ model: 'gpt-99', baseUrl: 'https://api.openai.com/v1' })).toBeDefined();
  });
});

describe('overrides', () => {
  const priced = (rules: readonly PriceOverride[], query: Partial<PriceQuery>) => {
    return PriceTable.builtIn(rules).lookup({ provider: 'openai', model: 'gpt-4o', at, ...query });
  };

  it('prices a model of one’s own in USD per million tokens', () => {
    const plan = priced([{ model: 'my-llama*', usdPerMillion: { input: 0.2, output: 0.6 }, maxOutput: 4096 }], {
      model: 'my-llama-70b',
    })!;
    expect(plan).toMatchObject({ id: 'user:my-llama*', origin: 'user', maxOutput: 4096 });
    expect(plan.tiers[0]!.rates).toMatchObject({
      input: 200_000,
      cacheRead: 200_000,
      output: 600_000,
      reasoning: 600_000,
    });
  });

  it('prices it for a provider that is not listed, and for no other where it names one', () => {
    const rules = [{ model: '*', provider: 'My-Gateway', usdPerCall: 0 }];
    expect(priced(rules, { provider: 'my-gateway', model: 'anything' })?.origin).toBe('user');
    expect(priced(rules, {})?.origin).toBe('table');
  });

  it('adds a fixed amount per call', () => {
    expect(priced([{ model: 'x', usdPerCall: 0.002 }], { model: 'x' })!.fees).toEqual({ request: 2_000_000_000 });
  });

  it('takes the most specific price', () => {
    const own = (model: string, input: number): PriceOverride => ({ model, usdPerMillion: { input, output: 1 } });
    const rules = [own('*', 1), own('gpt-4o', 3), own('gpt-*', 2)];
    expect(priced(rules, { model: 'gpt-4o' })!.tiers[0]!.rates.input).toBe(3_000_000);
    expect(priced(rules, { model: 'gpt-5' })!.tiers[0]!.rates.input).toBe(2_000_000);
    expect(priced(rules, { model: 'o3' })!.tiers[0]!.rates.input).toBe(1_000_000);
  });

  it('finds a deployment under the name of its model, times a factor', () => {
    const plan = priced([{ alias: 'prod-chat', model: 'gpt-4o', provider: 'azure', factor: 1.1 }], {
      provider: 'azure.ai.openai',
      model: 'prod-chat',
    })!;
    expect(plan).toMatchObject({ id: 'openai/gpt-4o', origin: 'user' });
    expect(plan.tiers[0]!.rates.input).toBe(2_750_000);
  });

  it('finds an inference profile, and a model of another provider', () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';
    const profile = [{ alias: arn, model: 'us.anthropic.claude-opus-5' }];
    expect(priced(profile, { provider: 'aws.bedrock', model: arn })!.id).toBe('aws/regional.anthropic.claude-opus-5');
    const gateway = [{ alias: 'fast', model: 'gpt-4o', modelProvider: 'openai' }];
    expect(priced(gateway, { provider: 'my-gateway', model: 'fast' })!.id).toBe('openai/gpt-4o');
  });

  it('applies a discount to rates and fees, for a provider or a model', () => {
    const plan = priced([{ provider: 'openai', factor: 0.9 }], {})!;
    expect(plan).toMatchObject({ origin: 'user', version: table.version });
    expect(plan.tiers[0]!.rates.input).toBe(2_250_000);
    expect(plan.fees['web_search']).toBe(9_000_000_000);
    expect(priced([{ provider: 'anthropic', factor: 0.9 }], {})!.origin).toBe('table');
    expect(priced([{ model: 'gpt-4*', factor: 0.5 }], {})!.tiers[0]!.rates.input).toBe(1_250_000);
  });

  it('asks a table of the user’s own first', () => {
    const data = {
      ...builtInPrices(),
      version: 'mine',
      rates: [[7, 7, 7, 7, 9, 9, 7, 7, 9, 7, 9]],
      fees: [],
      providers: [{ id: 'openai', models: [{ id: 'gpt-4o', prices: [{ tiers: [{ over: 0, rates: { '': 0 } }] }] }] }],
    };
    const own = PriceTable.builtIn({ rules: [], data });
    expect(own.lookup({ provider: 'openai', model: 'gpt-4o', at })).toMatchObject({ origin: 'user', version: 'mine' });
    expect(own.lookup({ provider: 'openai', model: 'gpt-5', at })).toMatchObject({ origin: 'table' });
    expect(own.version).toBe('mine');
  });
});
