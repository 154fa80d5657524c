import { expect, it } from 'vitest';
import { PriceTable } from '../price-table.ts';
import { familyOf } from './dearest-of-family.ts';

const at = Date.parse('2026-11-20T12:00:00Z');
const models = ['o1', 'o1-pro', 'o3-mini', 'o3-deep-research', 'gpt-6', 'gpt-6-mini', 'gpt-6-ultra'].map((id) => {
  return { id };
});

it.each([
  ['o5', ['o1', 'o3-mini', 'gpt-6', 'gpt-6-mini']],
  ['o9-mini', ['o3-mini', 'gpt-6-mini']],
  ['gpt-7', ['gpt-6', 'gpt-6-mini']],
  ['gpt-7-nano', ['gpt-6-mini']],
  ['gpt-7-pro', ['gpt-6', 'gpt-6-mini', 'gpt-6-ultra']],
  ['omega-max', ['o1', 'o1-pro', 'o3-mini', 'gpt-6', 'gpt-6-mini', 'gpt-6-ultra']],
  ['o1-research', ['o3-deep-research']],
])('%s is compared with models of its kind', (id, family) => {
  expect(familyOf(id, models).map((model) => model.id)).toEqual(family);
});

it('a provider that has nothing of the kind is compared as a whole', () => {
  expect(familyOf('next', [{ id: 'first-pro' }])).toEqual([{ id: 'first-pro' }]);
});

it.each(['o5', 'o9-mini', 'omega-1', 'nova-chat', 'gpt-9', 'gpt-9-mini'])(
  '%s is held below $2 for 2,500 tokens and an answer of usual length',
  (model) => {
    const { input, output } = PriceTable.builtIn().assume({ provider: 'openai', model, at })!.tiers[0]!.rates;
    const picoUsd = 2_500 * input + 8_192 * output;
    expect(picoUsd).toBeGreaterThan(0);
    expect(picoUsd).toBeLessThan(2e12);
  },
);

it.each([
  ['tts-1', 'openai/gpt-4o-mini-tts'],
  ['dall-e-3', 'image'],
])('%s is assumed at a model of its own mode', (model, id) => {
  expect(PriceTable.builtIn().assume({ provider: 'openai', model, at })?.id).toContain(id);
});
