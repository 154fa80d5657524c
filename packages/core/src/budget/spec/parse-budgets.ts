import type { ConfigIssue } from '../../errors/config-error.ts';
import type { Budget } from './budget.ts';
import { parseDuration } from '../window/duration.ts';
import { FieldReader, isRecord, isText, show } from './field-reader.ts';
import { parseBy, parseMatch } from './parse-dimensions.ts';
import { parseLimit } from './parse-limit.ts';
import { parseWindow } from './parse-window.ts';

/** The budgets that are valid, and everything that is wrong with the others. */
export interface ParsedBudgets {
  readonly budgets: Budget[];
  readonly issues: ConfigIssue[];
}

const KEYS = [
  'name',
  'limit',
  'window',
  'timeZone',
  'weekStart',
  'by',
  'match',
  'missing',
  'warnAt',
  'onExceed',
  'mode',
  'reserve',
  'shrink',
  'count',
  'onStoreError',
  'idle',
];

const DEFAULT_IDLE_MS = 7 * 86_400_000;
const MAX_NAME_LENGTH = 100;

/** Reads a list of budget specs, from code or from JSON. Never throws: every issue of every budget is in `issues`. Undefined is an empty list. */
export function parseBudgets(input: unknown): ParsedBudgets {
  const issues: ConfigIssue[] = [];
  if (input === undefined) return { budgets: [], issues };
  if (!Array.isArray(input)) {
    issues.push({ path: 'budgets', message: `must be a list of budgets, is ${show(input)}`, received: input });
    return { budgets: [], issues };
  }
  const budgets: Budget[] = [];
  const names = new Map<string, string>();
  for (const [index, spec] of input.entries()) {
    const path = `budgets[${index}]`;
    const parsed = parseBudget(spec, path);
    issues.push(...parsed.issues, ...repeatedName(spec, path, names));
    if (parsed.budget !== undefined && names.get(parsed.budget.name) === path) budgets.push(parsed.budget);
  }
  return { budgets, issues };
}

/** Reads one budget spec that stands at `path`. `budget` is undefined exactly when there are issues. */
export function parseBudget(input: unknown, path: string): { budget: Budget | undefined; issues: ConfigIssue[] } {
  const issues: ConfigIssue[] = [];
  if (!isRecord(input)) {
    issues.push({ path, message: `must be a budget { name, limit, window, … }, is ${show(input)}`, received: input });
    return { budget: undefined, issues };
  }
  const fields = new FieldReader(input, path, issues, KEYS);
  const budget: Budget = Object.freeze({
    name: parseName(fields),
    limit: parseLimit(fields),
    window: parseWindow(fields),
    by: parseBy(fields),
    match: parseMatch(fields),
    missing: fields.choice('missing', ['skip', 'share', 'deny'] as const, 'skip'),
    warnAt: parseWarnAt(fields),
    onExceed: fields.choice('onExceed', ['deny', 'warn'] as const, 'deny'),
    mode: fields.choice('mode', ['enforce', 'observe'] as const, 'enforce'),
    reserve: fields.choice('reserve', ['expected', 'max'] as const, 'expected'),
    shrink: fields.choice('shrink', [true, false], false),
    count: fields.choice('count', ['all', 'uncached'] as const, 'all'),
    onStoreError: fields.choice('onStoreError', ['deny', 'allow', undefined] as const, undefined),
    idleMs: parseIdle(fields),
  });
  return { budget: issues.length === 0 ? budget : undefined, issues };
}

function parseName(fields: FieldReader): string {
  const name = fields.get('name');
  if (isText(name) && name.trim() !== '' && name.length <= MAX_NAME_LENGTH) return name;
  fields.reject('name', `must be a text of 1 to ${MAX_NAME_LENGTH} characters, is ${show(name)}`);
  return '';
}

function repeatedName(spec: unknown, path: string, names: Map<string, string>): ConfigIssue[] {
  if (!isRecord(spec) || !isText(spec['name'])) return [];
  const first = names.get(spec['name']);
  if (first === undefined) {
    names.set(spec['name'], path);
    return [];
  }
  const message = `'${spec['name']}' is already the name of ${first}; give each budget a name of its own`;
  return [{ path: `${path}.name`, message, received: spec['name'] }];
}

function parseWarnAt(fields: FieldReader): readonly number[] {
  const value = fields.get('warnAt') ?? [];
  if (!Array.isArray(value)) {
    fields.reject('warnAt', `must be a list of parts of the limit such as [0.5, 0.8], is ${show(value)}`);
    return [];
  }
  let previous = 0;
  for (const [index, part] of value.entries()) {
    if (typeof part !== 'number' || !(part > previous && part <= 1)) {
      const rule = `must be above ${previous} and at most 1 (80 % is 0.8), in ascending order`;
      fields.reject('warnAt', `${rule}, is ${show(part)}`, `[${index}]`, part);
      continue;
    }
    previous = part;
  }
  return Object.freeze([...value]);
}

function parseIdle(fields: FieldReader): number {
  const value = fields.get('idle');
  if (value === undefined) return DEFAULT_IDLE_MS;
  const ms = isText(value) ? parseDuration(value) : undefined;
  if (ms === undefined) fields.reject('idle', `must be a duration such as '24h' or '7d', is ${show(value)}`);
  return ms ?? DEFAULT_IDLE_MS;
}
