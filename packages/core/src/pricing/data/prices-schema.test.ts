import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInPrices } from './built-in-prices.ts';

interface Schema {
  $ref?: string;
  const?: unknown;
  type?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  items?: Schema;
  minItems?: number;
  minimum?: number;
  $defs?: Record<string, Schema>;
}

const schema = JSON.parse(readFileSync(new URL('../prices.schema.json', import.meta.url), 'utf8')) as Schema;

describe('prices.schema.json', () => {
  it('describes the built-in table, field by field', () => {
    expect(violations(builtInPrices(), schema, '$')).toEqual([]);
  });

  it.each([
    ['a field that it does not know', (data: object) => ({ ...data, extra: 1 })],
    ['a fraction of a pico-USD', (data: object) => ({ ...data, rates: [[0.5]] })],
    ['a negative fee', (data: object) => ({ ...data, fees: [{ web_search: -1 }] })],
    [
      'a model without prices',
      (data: object) => ({ ...data, providers: [{ id: 'a', models: [{ id: 'b', prices: [] }] }] }),
    ],
    ['another format', (data: object) => ({ ...data, format: 2 })],
  ])('refuses %s', (_what, change) => {
    expect(violations(change(builtInPrices()), schema, '$')).toHaveLength(1);
  });
});

/** The part of JSON Schema that ours uses. */
function violations(value: unknown, given: Schema, path: string): string[] {
  const rule = given.$ref === undefined ? given : schema.$defs![given.$ref.replace('#/$defs/', '')]!;
  if (rule.const !== undefined) return value === rule.const ? [] : [path];
  if (rule.type === 'array') return arrayViolations(value, rule, path);
  if (rule.type === 'object') return objectViolations(value, rule, path);
  return isScalar(value, rule) ? [] : [path];
}

function isScalar(value: unknown, { type, minimum = -Infinity }: Schema): boolean {
  if (type === 'integer') return Number.isSafeInteger(value) && (value as number) >= minimum;
  if (type === 'number') return typeof value === 'number' && value >= minimum;
  return typeof value === type;
}

function arrayViolations(value: unknown, rule: Schema, path: string): string[] {
  if (!Array.isArray(value) || value.length < (rule.minItems ?? 0)) return [path];
  return value.flatMap((item, index) => violations(item, rule.items!, `${path}[${index}]`));
}

function objectViolations(value: unknown, rule: Schema, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  const missing = (rule.required ?? []).filter((key) => !(key in value)).map((key) => `${path}.${key}`);
  const wrong = Object.entries(value).flatMap(([key, item]) => {
    const own = rule.properties?.[key] ?? rule.additionalProperties;
    return own === undefined || own === false ? [`${path}.${key}`] : violations(item, own, `${path}.${key}`);
  });
  return [...missing, ...wrong];
}
