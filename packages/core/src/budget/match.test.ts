import { expect, test } from 'vitest';
import { accountKey, matches, matchRule } from './match.ts';

const rules = [matchRule('agent', ['research', 'triage-*']), matchRule('model', ['*'])];

test.each([
  [{ agent: 'research', model: 'gpt' }, true],
  [{ agent: 'triage-mail', model: 'gpt' }, true],
  [{ agent: 'triage', model: 'gpt' }, false],
  [{ agent: 'researcher', model: 'gpt' }, false],
  [{ agent: 'research' }, false],
  [{ agent: 'research', model: '' }, false],
])('a budget for research and triage-* with any model and %j: %s', (at, expected) => {
  expect(matches(rules, at, '')).toBe(expected);
});

test('takes the service name for the agent of a call that names none', () => {
  expect(matches([matchRule('agent', ['bot'])], { task: 'T-1' }, 'bot')).toBe(true);
});

test('gives no two accounts one key, whatever their values hold', () => {
  const keys = [
    accountKey('a', { agent: 'b', task: 'c' }, 'total'),
    accountKey('a', { agent: 'b,task=c' }, 'total'),
    accountKey('a', { agent: 'b|total' }, 'total'),
    accountKey('a|agent=b,task=c', {}, 'total'),
    accountKey('a', { agent: 'b', task: 'c' }, 'rolling-1h'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
