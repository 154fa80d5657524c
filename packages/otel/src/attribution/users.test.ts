import { expect, test } from 'vitest';
import { attributionKeeper, hashNamedUser } from './users.ts';

test('a user is hashed whatever an id is, and never throws', () => {
  const keep = attributionKeeper('hash');
  const hash = keep({ user: '42' }).user;
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  for (const odd of [42, 42n]) expect(keep({ user: odd as unknown as string }).user).toBe(hash);
  for (const odd of [null, {}, Symbol('u'), Object.create(null), ['a']]) {
    expect(keep({ user: odd }).user).toMatch(/^[0-9a-f]{16}$/);
    expect(hashNamedUser(odd)).toMatch(/^[0-9a-f]{16}$/);
  }
  expect(hashNamedUser(42 as unknown as string)).toBe(hash);
});

test('a hash that is named stands for itself', () => {
  expect(hashNamedUser('0123456789abcdef')).toBe('0123456789abcdef');
});
