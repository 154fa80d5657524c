import { show, suggestion } from '../../errors/show-value.ts';
import type { ConfigIssue } from '../../errors/config-error.ts';
import { checkPriceData } from '../data/check-price-data.ts';
import { isPriceData, type PriceData } from '../data/price-data.ts';
import type { PriceOverrides } from '../price-table.ts';
import { TOKEN_KINDS } from '../rates.ts';
import type { PriceOverride } from './override.ts';

/** The overrides that are valid, and every issue of those that are not. */
export interface ParsedPriceOverrides {
  overrides: PriceOverrides;
  issues: ConfigIssue[];
}

/** Checks what a user gives as `prices`: a list of overrides, or a table in the format of `prices.json`. Never throws. */
export function parsePriceOverrides(input: unknown): ParsedPriceOverrides {
  if (input === undefined || input === null) return { overrides: { rules: [] }, issues: [] };
  if (isPriceData(input)) return parseTable(input);
  if (!Array.isArray(input)) {
    const message = `must be a list of overrides, or a table with "format": 1 as in prices.json, is ${show(input)}`;
    return { overrides: { rules: [] }, issues: [{ path: 'prices', message, received: input }] };
  }
  const rules: PriceOverride[] = [];
  const issues: ConfigIssue[] = [];
  for (const [index, entry] of input.entries()) {
    const found = issuesOf(entry, `prices[${index}]`);
    if (found.length === 0) rules.push(entry as PriceOverride);
    issues.push(...found);
  }
  return { overrides: { rules }, issues };
}

function parseTable(data: PriceData): ParsedPriceOverrides {
  const issues = checkPriceData(data).map((issue) => ({ ...issue, path: `prices.${issue.path}` }));
  return { overrides: issues.length === 0 ? { rules: [], data } : { rules: [] }, issues };
}

/** What a value must be, where it is not. */
type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (isText(value) ? undefined : 'must be a text that is not empty');

const pattern: Check = (value) => {
  return isText(value) && !value.slice(0, -1).includes('*')
    ? undefined
    : "must be the id of a model, or a beginning that ends in '*'";
};

const amount: Check = (value) => (isNumber(value, 1e6) ? undefined : 'must be a number of USD, 0 to 1,000,000');

const factor: Check = (value) => {
  return isNumber(value, 1000) ? undefined : 'must be a number from 0 to 1,000, such as 0.9 for 10 % off';
};

const tokens: Check = (value) => {
  return Number.isSafeInteger(value) && (value as number) > 0
    ? undefined
    : 'must be a whole number of tokens, 1 or more';
};

/** Its fields are checked by themselves. */
const fields: Check = () => undefined;

const RATES: Record<string, Check> = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, amount]));
const OWN_PRICE: Record<string, Check> = {
  model: pattern,
  provider: text,
  usdPerMillion: fields,
  usdPerCall: amount,
  usdPerTool: fields,
  maxOutput: tokens,
};
const ALIAS: Record<string, Check> = { alias: pattern, model: text, provider: text, modelProvider: text, factor };
const DISCOUNT: Record<string, Check> = { factor, provider: text, model: pattern };

function issuesOf(entry: unknown, path: string): ConfigIssue[] {
  if (!isFields(entry)) return [issueOf(path, 'must be an object such as { model, usdPerMillion }', entry)];
  if ('alias' in entry) return checkFields(entry, path, ALIAS, ['alias', 'model']);
  if ('factor' in entry) return checkFields(entry, path, DISCOUNT, ['factor']);
  return ownPriceIssues(entry, path);
}

function ownPriceIssues(entry: Record<string, unknown>, path: string): ConfigIssue[] {
  const issues = checkFields(entry, path, OWN_PRICE, ['model']);
  const { usdPerMillion, usdPerCall, usdPerTool } = entry;
  if (usdPerMillion === undefined && usdPerCall === undefined) {
    const message = 'must have usdPerMillion: { input, output }, or usdPerCall (0 for a model that is free)';
    issues.push({ path, message, received: entry });
  }
  if (usdPerMillion !== undefined) issues.push(...rateIssues(usdPerMillion, `${path}.usdPerMillion`));
  if (usdPerTool !== undefined) issues.push(...toolIssues(usdPerTool, `${path}.usdPerTool`));
  return issues;
}

function rateIssues(value: unknown, path: string): ConfigIssue[] {
  if (!isFields(value)) return [issueOf(path, 'must be an object such as { input: 2.5, output: 10 }', value)];
  return checkFields(value, path, RATES, ['input', 'output']);
}

function toolIssues(value: unknown, path: string): ConfigIssue[] {
  if (!isFields(value)) return [issueOf(path, 'must be an object such as { web_search: 0.01 }', value)];
  return checkFields(value, path, Object.fromEntries(Object.keys(value).map((tool) => [tool, amount])), []);
}

/** An issue for every field that is unknown, wrong, or `needed` and missing. */
function checkFields(
  entry: Record<string, unknown>,
  path: string,
  checks: Record<string, Check>,
  needed: readonly string[],
): ConfigIssue[] {
  const known = Object.keys(checks);
  const issues: ConfigIssue[] = [];
  for (const key of new Set([...Object.keys(entry), ...needed])) {
    const value = entry[key];
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check === undefined) {
      const message = `is unknown${suggestion(key, known)}; known: ${known.join(', ')}`;
      issues.push({ path: `${path}.${key}`, message, received: value });
    } else if (value !== undefined || needed.includes(key)) {
      const rule = check(value);
      if (rule !== undefined) issues.push(issueOf(`${path}.${key}`, rule, value));
    }
  }
  return issues;
}

function issueOf(path: string, rule: string, received: unknown): ConfigIssue {
  return { path, message: `${rule}, is ${show(received)}`, received };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isNumber(value: unknown, most: number): boolean {
  return typeof value === 'number' && value >= 0 && value <= most;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
