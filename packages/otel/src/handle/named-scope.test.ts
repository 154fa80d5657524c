import { ConfigError } from '@tollgate/core';
import { expect, test } from 'vitest';
import { scopeReader } from './named-scope.ts';
import { attributionKeeper } from '../attribution/users.ts';

test('a scope is read as it is where users are plain', () => {
  const scope = { agent: 'a', user: 'u-1' };
  expect(scopeReader('plain')(scope, 'scope')).toEqual(scope);
  expect(scopeReader('plain')({}, 'scope')).toEqual({});
});

test('a user is meant by the id and by its hash alike where users are hashed', () => {
  const { user: hash } = attributionKeeper('hash')({ user: 'u-1' });
  const read = scopeReader('hash');
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(read({ user: 'u-1', agent: 'a' }, 'scope')).toEqual({ user: hash, agent: 'a' });
  expect(read({ user: hash }, 'scope')).toEqual({ user: hash });
});

test.each([
  [{ agnet: 'a' }, 'scope.agnet', "did you mean 'agent'?"],
  [{ agent: undefined }, 'scope.agent', 'leave it out'],
  [{ agent: '' }, 'scope.agent', 'must be a text'],
  [{ task: 4711 }, 'scope.task', 'is 4711'],
  [null, 'scope', 'must be an object'],
])('%j is refused with its place and the fix', (scope, path, fix) => {
  const read = (): unknown => scopeReader('plain')(scope as object, 'scope');
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(`${path}: `);
  expect(read).toThrow(fix);
});

test('an id that looks like a hash is hashed all the same when a call is kept', () => {
  const { user: hash = '' } = attributionKeeper('hash')({ user: 'u-1' });
  expect(attributionKeeper('hash')({ user: hash }).user).not.toBe(hash);
});
