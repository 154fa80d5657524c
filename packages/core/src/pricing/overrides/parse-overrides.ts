import { checkPriceData, type PriceIssue } from '../data/check-price-data.ts';
import { isPriceData } from '../data/price-data.ts';
import type { PriceOverride } from './override.ts';
import type { PriceOverrides } from '../price-table.ts';

/** The overrides that are valid, and every issue of those that are not. */
export interface ParsedPriceOverrides {
  overrides: PriceOverrides;
  issues: PriceIssue[];
}

/** Checks what a user gives as `prices`: a list of overrides, or a table in the format of `prices.json`. Never throws. */
export function parsePriceOverrides(input: unknown): ParsedPriceOverrides {
  if (input === undefined || input === null) return { overrides: { rules: [] }, issues: [] };
  if (isPriceData(input)) {
    const wrong = checkPriceData(input).map(({ path, message }) => ({ path: `prices.${path}`, message }));
    return { overrides: wrong.length === 0 ? { rules: [], data: input } : { rules: [] }, issues: wrong };
  }
  if (!Array.isArray(input)) {
    const message = 'expected a list of overrides, or a table with "format": 1 as in prices.json';
    return { overrides: { rules: [] }, issues: [{ path: 'prices', message }] };
  }
  const rules: PriceOverride[] = [];
  const issues: PriceIssue[] = [];
  for (const [index, entry] of input.entries()) {
    const found = issuesOf(entry, `prices[${index}]`);
    if (found.length === 0) rules.push(entry as PriceOverride);
    issues.push(...found);
  }
  return { overrides: { rules }, issues };
}

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => {
  return typeof value === 'string' && value.trim() !== '' ? undefined : 'expected a non-empty text';
};

const pattern: Check = (value) => {
  const wrong = text(value);
  if (wrong !== undefined) return wrong;
  return (value as string).slice(0, -1).includes('*') ? 'expected "*" only at the end' : undefined;
};

const amount: Check = (value) => {
  return typeof value === 'number' && value >= 0 && value <= 1e6 ? undefined : 'expected a number of USD, 0 or more';
};

const factor: Check = (value) => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1000))
    return 'expected a number, 0 or more: 0.9 is 10 % off';
  return undefined;
};

const tokens: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) > 0 ? undefined : 'expected a whole number of tokens';

const RATE: Record<string, Check> = Object.fromEntries(
  [
    'input',
    'cacheRead',
    'cacheWrite5m',
    'cacheWrite1h',
    'output',
    'reasoning',
    'audioIn',
    'audioCacheRead',
    'audioOut',
    'imageIn',
    'imageOut',
  ].map((kind) => [kind, amount]),
);

const OWN_PRICE: Record<string, Check> = {
  model: pattern,
  provider: text,
  usdPerMillion: () => undefined,
  usdPerCall: amount,
  usdPerTool: () => undefined,
  maxOutput: tokens,
};
const ALIAS: Record<string, Check> = { alias: pattern, model: text, provider: text, modelProvider: text, factor };
const DISCOUNT: Record<string, Check> = { factor, provider: text, model: pattern };

function issuesOf(entry: unknown, path: string): PriceIssue[] {
  if (!isFields(entry)) return [{ path, message: 'expected an object such as { model, usdPerMillion }' }];
  if ('alias' in entry) return [...checkFields(entry, ALIAS, path), ...required(entry, ['alias', 'model'], path)];
  if ('factor' in entry) return [...checkFields(entry, DISCOUNT, path), ...required(entry, ['factor'], path)];
  return ownPriceIssues(entry, path);
}

function ownPriceIssues(entry: Record<string, unknown>, path: string): PriceIssue[] {
  const issues = [...checkFields(entry, OWN_PRICE, path), ...required(entry, ['model'], path)];
  if (entry['usdPerMillion'] === undefined && entry['usdPerCall'] === undefined) {
    issues.push({
      path,
      message: 'expected usdPerMillion: { input, output }, or usdPerCall (0 for a model that is free)',
    });
  }
  if (entry['usdPerMillion'] !== undefined) issues.push(...rateIssues(entry['usdPerMillion'], `${path}.usdPerMillion`));
  if (entry['usdPerTool'] !== undefined) issues.push(...toolIssues(entry['usdPerTool'], `${path}.usdPerTool`));
  return issues;
}

function rateIssues(value: unknown, path: string): PriceIssue[] {
  if (!isFields(value)) return [{ path, message: 'expected an object such as { input: 2.5, output: 10 }' }];
  return [...checkFields(value, RATE, path), ...required(value, ['input', 'output'], path)];
}

function toolIssues(value: unknown, path: string): PriceIssue[] {
  if (!isFields(value)) return [{ path, message: 'expected an object such as { web_search: 0.01 }' }];
  return checkFields(value, Object.fromEntries(Object.keys(value).map((tool) => [tool, amount])), path);
}

function checkFields(entry: Record<string, unknown>, checks: Record<string, Check>, path: string): PriceIssue[] {
  const issues: PriceIssue[] = [];
  for (const [key, value] of Object.entries(entry)) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    const message = check === undefined ? unknownKey(checks) : value === undefined ? undefined : check(value);
    if (message !== undefined) issues.push({ path: `${path}.${key}`, message });
  }
  return issues;
}

function unknownKey(checks: Record<string, Check>): string {
  return `unknown key; expected one of ${Object.keys(checks).join(', ')}`;
}

function required(entry: Record<string, unknown>, keys: readonly string[], path: string): PriceIssue[] {
  const missing = keys.filter((key) => entry[key] === undefined);
  return missing.map((key) => ({ path: `${path}.${key}`, message: 'is missing' }));
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
