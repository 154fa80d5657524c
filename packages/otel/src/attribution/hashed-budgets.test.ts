import type { BudgetSpec } from '@tollgate/core';
import { expect, test } from 'vitest';
import { takeBundled } from '../later.ts';
import { PARTS } from '../parts.ts';
import { hashSpec, withHashedUsers } from './hashed-budgets.ts';
import { resolveOptions, type Resolution } from '../options/resolve-options.ts';
import { attributionKeeper } from './users.ts';

takeBundled(PARTS);

const HASH = attributionKeeper('hash')({ user: 'u-1' }).user ?? '';

function budget(user: string | string[], name: string = 'b'): BudgetSpec {
  return { name, limit: { usd: 1 }, window: 'total', match: { user, agent: 'u-1' } };
}

function resolved(options: object): Resolution {
  return withHashedUsers(resolveOptions({ users: 'hash', ...options }, {}, undefined, '/nowhere'));
}

test('users that budgets name are hashed, other values and any user stay', () => {
  const { options, issues } = resolved({ budgets: [budget(['u-1', '*'])] });
  const [user, agent] = options.budgets[0]?.match ?? [];
  expect(issues).toEqual([]);
  expect(user).toMatchObject({ dimension: 'user', exact: new Set([HASH]), prefixes: [''] });
  expect(agent).toMatchObject({ dimension: 'agent', exact: new Set(['u-1']) });
});

test('nothing is hashed where users are plain', () => {
  const { options } = resolved({ users: 'plain', budgets: [budget('eu-*')] });
  expect(options.budgets[0]?.match[0]).toMatchObject({ prefixes: ['eu-'] });
});

test('the beginning of an id is an issue, or under skip a budget that is left out', () => {
  const budgets = [budget('eu-*', 'blind'), budget('u-1', 'sees')];
  expect(resolved({ budgets }).issues.map(({ path }) => path)).toEqual(["budgets['blind'].match.user"]);
  const { options, issues, skipped } = resolved({ budgets, onInvalid: 'skip' });
  expect(issues).toEqual([]);
  expect(options.budgets.map(({ name }) => name)).toEqual(['sees']);
  expect(skipped).toMatchObject([{ budget: 'blind' }]);
});

test('a spec is hashed as well, and one without users or without sense is left as it is', () => {
  expect(hashSpec(budget('u-1'))).toEqual({ spec: budget([HASH]), issues: [] });
  expect(hashSpec(budget('eu-*')).issues.map(({ path }) => path)).toEqual(['spec.match.user']);
  for (const odd of [undefined, {}, { match: { user: 5 } }, { match: null }]) {
    expect(hashSpec(odd as unknown as BudgetSpec)).toEqual({ spec: odd, issues: [] });
  }
});
