import { expect, test } from 'vitest';
import { parseBudgets } from './parse-budgets.ts';

const day = { name: 'day', limit: { usd: 1 }, window: 'day' };

function messages(input: unknown): Record<string, string> {
  return Object.fromEntries(parseBudgets(input).issues.map(({ path, message }) => [path, message]));
}

test('fills in every default and freezes the budget', () => {
  const [budget] = parseBudgets([day]).budgets;
  expect(budget).toEqual({
    name: 'day',
    limit: { nanoUsd: 1_000_000_000, tokens: Infinity, calls: Infinity },
    window: { kind: 'day', timeZone: 'UTC', weekStart: 1 },
    by: [],
    match: [],
    missing: 'skip',
    warnAt: [],
    onExceed: 'deny',
    mode: 'enforce',
    reserve: 'expected',
    shrink: false,
    count: 'all',
    onStoreError: undefined,
    idleMs: 604_800_000,
  });
  expect(Object.isFrozen(budget)).toBe(true);
});

test('reads every field of a full budget', () => {
  const { budgets, issues } = parseBudgets([
    {
      name: 'full',
      limit: { usd: 0.1, tokens: 5_000_000, calls: 60 },
      window: { rolling: '24h' },
      by: ['task', 'agent'],
      match: { agent: ['research', 'triage-*'], model: 'gpt-*' },
      missing: 'share',
      warnAt: [0.5, 0.8, 1],
      onExceed: 'warn',
      mode: 'observe',
      reserve: 'max',
      shrink: true,
      count: 'uncached',
      onStoreError: 'allow',
      idle: '36h',
    },
  ]);
  expect(issues).toEqual([]);
  expect(budgets[0]).toMatchObject({
    limit: { nanoUsd: 100_000_000, tokens: 5_000_000, calls: 60 },
    window: { kind: 'rolling', lengthMs: 86_400_000, text: '24h' },
    by: ['agent', 'task'],
    match: [
      { dimension: 'agent', exact: new Set(['research']), prefixes: ['triage-'] },
      { dimension: 'model', exact: new Set(), prefixes: ['gpt-'] },
    ],
    warnAt: [0.5, 0.8, 1],
    shrink: true,
    onStoreError: 'allow',
    idleMs: 129_600_000,
  });
});

test('reports every issue of every budget at once, with its path, what was received and the fix', () => {
  const found = messages([
    { ...day, limt: { usd: 1 }, limit: { usd: '5', tokens: 1.5, calls: -1 }, window: 'dya', timeZone: 'Europe/Berln' },
    {
      name: 'two',
      limit: { usd: 9_000_001 },
      window: { rolling: 'soon' },
      by: ['agnet', 'task', 'task'],
      warnAt: [0.8, 0.5, 80],
    },
    {
      name: '',
      limit: {},
      window: 'week',
      weekStart: 0,
      match: { agent: [], task: 'a*b', colour: 'red' },
      onExceed: 'den',
    },
    'nothing',
  ]);
  expect(found).toEqual({
    'budgets[0].limt': expect.stringMatching(/^is unknown: did you mean 'limit'\?; known: name, limit, /),
    'budgets[0].limit.usd': "must be a number of USD, 0 or more, is '5': write 5",
    'budgets[0].limit.tokens': 'must be a whole number of tokens, is 1.5',
    'budgets[0].limit.calls': 'must be a number of calls, 0 or more, is -1',
    'budgets[0].window': expect.stringMatching(/^must be one of total, .*, is 'dya': did you mean 'day'\?$/),
    'budgets[0].timeZone':
      "must be an IANA time zone such as 'Europe/Berlin', is 'Europe/Berln': did you mean 'Europe/Berlin'?",
    'budgets[1].limit.usd': expect.stringContaining('must be at most 9,000,000'),
    'budgets[1].window.rolling': expect.stringContaining("such as '15m', '24h', '7d', is 'soon'"),
    'budgets[1].by[0]': expect.stringContaining("is 'agnet': did you mean 'agent'?"),
    'budgets[1].by[2]': "'task' is already in the list; name it once",
    'budgets[1].warnAt[1]': expect.stringContaining('must be above 0.8'),
    'budgets[1].warnAt[2]': expect.stringContaining('is 80'),
    'budgets[2].name': expect.stringContaining('must be a text of 1 to 100 characters'),
    'budgets[2].limit': expect.stringContaining('must name at least one of usd, tokens, calls'),
    'budgets[2].weekStart': 'must be 1 or 7, is 0',
    'budgets[2].match.agent': expect.stringContaining('is an empty list'),
    'budgets[2].match.task': expect.stringContaining("is 'a*b'"),
    'budgets[2].match.colour': expect.stringContaining('is unknown'),
    'budgets[2].onExceed': "must be 'deny' or 'warn', is 'den': did you mean 'deny'?",
    'budgets[3]': "must be a budget { name, limit, window, … }, is 'nothing'",
  });
});

test('keeps the received value with its issue', () => {
  const { issues } = parseBudgets([{ ...day, mode: 7 }]);
  expect(issues).toEqual([{ path: 'budgets[0].mode', message: "must be 'enforce' or 'observe', is 7", received: 7 }]);
});

test('leaves only the broken budgets out', () => {
  const { budgets, issues } = parseBudgets([
    day,
    { ...day, name: 'broken', limit: { usd: NaN } },
    { ...day, name: 'other' },
  ]);
  expect(budgets.map(({ name }) => name)).toEqual(['day', 'other']);
  expect(issues).toHaveLength(1);
});

test('rejects a name that is already taken', () => {
  const { budgets, issues } = parseBudgets([day, { ...day, window: 'month' }]);
  expect(budgets).toHaveLength(1);
  expect(issues).toEqual([
    {
      path: 'budgets[1].name',
      message: "'day' is already the name of budgets[0]; give each budget a name of its own",
      received: 'day',
    },
  ]);
});

test('accepts a limit of 0 and of 9,000,000 USD', () => {
  const { budgets } = parseBudgets([
    { ...day, limit: { usd: 0 } },
    { ...day, name: 'large', limit: { usd: 9_000_000 } },
  ]);
  expect(budgets.map(({ limit }) => limit.nanoUsd)).toEqual([0, 9_000_000_000_000_000]);
});

test.each([[undefined], [[]]])('%j is no budget, and no issue', (input) => {
  expect(parseBudgets(input)).toEqual({ budgets: [], issues: [] });
});

test.each([
  [null],
  ['x'],
  [{}],
  [[null]],
  [[[]]],
  [[{ name: null, limit: [], window: null, by: 'agent', match: 3, warnAt: 1, idle: 0 }]],
])('does not throw for %j', (input) => {
  expect(parseBudgets(input).issues.length).toBeGreaterThan(0);
});

test('the zone and the first day of the week belong to the window', () => {
  const [budget] = parseBudgets([{ ...day, window: 'week', timeZone: 'America/New_York', weekStart: 7 }]).budgets;
  expect(budget?.window).toEqual({ kind: 'week', timeZone: 'America/New_York', weekStart: 7 });
});

test('a zone or a first day of the week is an issue where the window has no use for it', () => {
  const calendar = { timeZone: 'Europe/Berlin', weekStart: 7 };
  const found = messages([
    { ...day, name: 'total', window: 'total', ...calendar },
    { ...day, name: 'rolling', window: { rolling: '24h' }, timeZone: 'nowhere' },
    ...(['minute', 'hour', 'day', 'month'] as const).map((window) => ({ ...day, name: window, window, ...calendar })),
    { ...day, name: 'said nothing', window: 'total', timeZone: undefined, weekStart: undefined },
  ]);
  expect(found).toEqual({
    'budgets[0].timeZone': 'has no effect on a total window: remove it',
    'budgets[0].weekStart': 'has no effect on a total window: remove it',
    'budgets[1].timeZone': 'has no effect on a rolling window: remove it',
    'budgets[2].weekStart': "has no effect on a minute window: remove it, or set window: 'week'",
    'budgets[3].weekStart': "has no effect on an hour window: remove it, or set window: 'week'",
    'budgets[4].weekStart': "has no effect on a day window: remove it, or set window: 'week'",
    'budgets[5].weekStart': "has no effect on a month window: remove it, or set window: 'week'",
  });
});
