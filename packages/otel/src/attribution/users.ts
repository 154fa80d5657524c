import type { Attribution } from '@tollgate/core';
import { readAttribution } from './read-attribution.ts';

/** Hashes as long as this tell users of one deployment apart, and fit into labels and keys. */
const HASH_LENGTH = 16;
const HASH = /^[0-9a-f]{16}$/;

/** The text of an id, whatever an app without types gives as one. */
function idOf(user: string): string {
  return readAttribution({ user }).user ?? '';
}

function hashUser(user: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(idOf(user)).digest('hex').slice(0, HASH_LENGTH);
}

/** A user that a rule names, by the id or by the hash that standings and `usage()` show of it. */
export function hashNamedUser(user: string): string {
  const id = idOf(user);
  return HASH.test(id) ? id : hashUser(id);
}

/** Gives the attribution under which a call may be kept: as it is, or with the user's id hashed (SHA-256, 16 hex digits). */
export function attributionKeeper(users: 'plain' | 'hash'): (at: Attribution) => Attribution {
  if (users === 'plain') return (at) => at;
  // Attributions are shared by all calls of a scope, so each is hashed once.
  const hashed = new WeakMap<Attribution, Attribution>();
  return (at) => {
    if (at.user === undefined) return at;
    const known = hashed.get(at);
    if (known !== undefined) return known;
    const kept = Object.freeze({ ...at, user: hashUser(at.user) });
    hashed.set(at, kept);
    return kept;
  };
}
