import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { takeBundled } from '../later.ts';
import { PARTS } from '../parts.ts';
import { SDK_MODULES } from '../instrument/catalogue.ts';
import { OPTION_NAMES, OPTIONS } from './option-table.ts';
import { resolveOptions } from './resolve-options.ts';

takeBundled(PARTS);

type Schema = { [keyword: string]: unknown } & { properties?: Record<string, Schema>; $defs?: Record<string, Schema> };

const schema = JSON.parse(readFileSync(new URL('../../config.schema.json', import.meta.url), 'utf8')) as Schema;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isObject,
};

/** The keywords that our schema uses; one that is not here fails the test rather than being passed over. */
const KEYWORDS: Record<string, (rule: never, value: unknown, whole: Schema) => boolean> = {
  type: (rule: string, value) => TYPES[rule]?.(value) === true,
  enum: (rule: unknown[], value) => rule.includes(value),
  const: (rule: unknown, value) => rule === value,
  anyOf: (rule: Schema[], value) => rule.some((one) => allows(one, value)),
  $ref: (rule: string, value) => allows(schema.$defs?.[rule.replace('#/$defs/', '')] ?? {}, value),
  pattern: (rule: string, value) => typeof value !== 'string' || new RegExp(rule).test(value),
  minLength: (rule: number, value) => typeof value !== 'string' || value.length >= rule,
  maxLength: (rule: number, value) => typeof value !== 'string' || value.length <= rule,
  minimum: (rule: number, value) => typeof value !== 'number' || value >= rule,
  maximum: (rule: number, value) => typeof value !== 'number' || value <= rule,
  exclusiveMinimum: (rule: number, value) => typeof value !== 'number' || value > rule,
  items: (rule: Schema, value) => !Array.isArray(value) || value.every((item) => allows(rule, item)),
  required: (rule: string[], value) => !isObject(value) || rule.every((key) => key in value),
  minProperties: (rule: number, value) => !isObject(value) || Object.keys(value).length >= rule,
  propertyNames: (rule: Schema, value) => !isObject(value) || Object.keys(value).every((key) => allows(rule, key)),
  properties: (rule: Record<string, Schema>, value) =>
    !isObject(value) || Object.entries(value).every(([key, item]) => allows(rule[key] ?? {}, item)),
  additionalProperties: (rule: Schema | false, value, { properties = {} }) =>
    !isObject(value) ||
    Object.entries(value).every(([key, item]) => key in properties || (rule !== false && allows(rule, item))),
};

const REMARKS = new Set(['$schema', '$defs', 'title', 'description', 'default']);

function allows(rules: Schema, value: unknown): boolean {
  return Object.entries(rules).every(([keyword, rule]) => {
    if (REMARKS.has(keyword)) return true;
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`the schema uses '${keyword}', which this test does not know`);
    return check(rule as never, value, rules);
  });
}

function accepts(value: unknown): boolean {
  const file = { path: '/app/tollgate.config.json', name: 'tollgate.config.json', directory: '/app', value };
  return resolveOptions({}, {}, file).issues.length === 0;
}

const budget = { name: 'day', limit: { usd: 25 }, window: 'day' };

const VALID: unknown[] = [
  {},
  { $schema: './config.schema.json', serviceName: 'support-bot' },
  { budgets: [budget, { ...budget, name: 'all', limit: { usd: 0, tokens: 5, calls: 1 }, window: { rolling: '24h' } }] },
  {
    budgets: [{ ...budget, window: 'week', timeZone: 'Europe/Berlin', weekStart: 7, by: ['agent'], warnAt: [0.5, 1] }],
  },
  { budgets: [{ ...budget, match: { agent: 'research*', model: ['gpt-5', 'gpt-5-mini'] }, missing: 'deny' }] },
  { budgets: [{ ...budget, onExceed: 'warn', mode: 'observe', reserve: 'max', shrink: true, count: 'uncached' }] },
  { budgets: [{ ...budget, onStoreError: 'allow', window: 'total', by: ['task'], idle: '7d' }] },
  { store: 'memory', mode: 'observe', maxWait: '500ms', onStoreError: 'allow', unknownPrice: 'deny' },
  { captureContent: true, users: 'hash', summary: 'off', otel: 'own', metrics: 'collector', onInvalid: 'skip' },
  {
    prices: [
      { provider: 'openai', factor: 0.9 },
      { model: 'gpt-5*', factor: 0.5 },
      { model: 'free', usdPerCall: 0 },
    ],
  },
  { prices: [{ model: 'my-llama*', usdPerMillion: { input: 0.1, output: 0.2 }, usdPerTool: { search: 0.01 } }] },
  { prices: [{ alias: 'prod-gpt', model: 'gpt-5', provider: 'azure', modelProvider: 'openai', factor: 1.5 }] },
  { hosts: { a: { provider: 'openai', includeUsage: true }, b: { provider: 'groq' } } },
  { hosts: { 'llm.internal:8080': 'openai', localhost: 'ollama' }, semconv: 'both', labels: ['task', 'model'] },
  { instrumentations: ['openai'], propagate: { baggage: ['task', 'agent'] }, attributes: { a: 'b', n: 1, t: true } },
  { instrumentations: { disable: ['openai'] }, propagate: false, maxWait: '0s' },
];

const INVALID: unknown[] = [
  [],
  'budgets',
  { budget: [] },
  { serviceName: ' ' },
  { serviceName: null },
  { budgets: {} },
  { budgets: [{ name: 'day', limit: { usd: 25 } }] },
  { budgets: [{ ...budget, limit: {} }] },
  { budgets: [{ ...budget, limit: { usd: -1 } }] },
  { budgets: [{ ...budget, limit: { usd: 9_000_001 } }] },
  { budgets: [{ ...budget, limit: { tokens: 1.5 } }] },
  { budgets: [{ ...budget, limit: { eur: 1 } }] },
  { budgets: [{ ...budget, window: 'year' }] },
  { budgets: [{ ...budget, window: { rolling: 'a day' } }] },
  { budgets: [{ ...budget, weekStart: 2 }] },
  { budgets: [{ ...budget, by: ['agnet'] }] },
  { budgets: [{ ...budget, match: { agnet: 'a' } }] },
  { budgets: [{ ...budget, warnAt: [80] }] },
  { budgets: [{ ...budget, onExceed: 'stop' }] },
  { budgets: [{ ...budget, windw: 'day' }] },
  { store: 'sqlit' },
  { mode: 'on' },
  { maxWait: 10 },
  { maxWait: 'long' },
  { captureContent: 'true' },
  { prices: {} },
  { prices: null },
  { prices: { format: 1, rates: [], fees: [], providers: [] } },
  { prices: [{ model: 'my-llama' }] },
  { prices: [{ model: 'my-*-llama', usdPerCall: 0 }] },
  { prices: [{ model: 'my-llama', usdPerMillion: { input: 1 } }] },
  { prices: [{ factor: -1 }] },
  { prices: [{ alias: 'prod-gpt' }] },
  { hosts: { 'https://llm.internal': 'openai' } },
  { hosts: { localhost: '' } },
  { hosts: { localhost: { includeUsage: true } } },
  { hosts: { localhost: { provider: 'openai', usage: true } } },
  { instrumentations: 'all' },
  { instrumentations: { enable: [] } },
  { instrumentations: ['opnai'] },
  { instrumentations: { disable: [''] } },
  { propagate: true },
  { propagate: { baggage: ['model'] } },
  { attributes: { a: null } },
  { labels: ['usr'] },
];

it.each(VALID)('schema and validator accept %j', (value) => {
  expect({ schema: allows(schema, value), validator: accepts(value) }).toEqual({ schema: true, validator: true });
});

it.each(INVALID)('schema and validator refuse %j', (value) => {
  expect({ schema: allows(schema, value), validator: accepts(value) }).toEqual({ schema: false, validator: false });
});

it('names every SDK that can be hooked', () => {
  expect(schema.$defs?.['modules']?.['items']).toEqual({ enum: SDK_MODULES.map(({ name }) => name) });
});

it('has the options of the validator, and shows every one of them in a valid sample', () => {
  const { $schema: _schema, ...properties } = schema.properties ?? {};
  expect(Object.keys(properties)).toEqual(OPTION_NAMES);
  const shown = new Set(VALID.flatMap((value) => (isObject(value) ? Object.keys(value) : [])));
  expect(OPTION_NAMES.filter((name) => !shown.has(name))).toEqual([]);
});

it('shows every field of a budget in a valid sample', () => {
  const budgets = VALID.flatMap((value) => (isObject(value) ? ((value['budgets'] ?? []) as object[]) : []));
  const shown = new Set(budgets.flatMap((one) => Object.keys(one)));
  expect(Object.keys(schema.$defs?.['budget']?.properties ?? {}).filter((name) => !shown.has(name))).toEqual([]);
});

it('names the defaults that hold', () => {
  for (const name of OPTION_NAMES) {
    const inSchema = schema.properties?.[name]?.['default'];
    const checked =
      inSchema === undefined ? undefined : resolveOptions({ [name]: inSchema }, {}, undefined, '/nowhere');
    const plain = resolveOptions({}, {}, undefined, '/nowhere');
    expect(checked ?? plain, name).toEqual(plain);
  }
  expect(schema.properties?.['maxWait']?.['default']).toBe(`${OPTIONS.maxWait.fallback / 1000}s`);
});
