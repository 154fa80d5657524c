import { createHash } from 'node:crypto';
import type { Attribution } from '@tollgate/core';

/** Hashes as long as this tell users of one deployment apart, and fit into labels and keys. */
const HASH_LENGTH = 16;

/** Gives the attribution under which a call may be kept: as it is, or with the user's id hashed (SHA-256, 16 hex digits). */
export function attributionKeeper(users: 'plain' | 'hash'): (at: Attribution) => Attribution {
  if (users === 'plain') return (at) => at;
  // Attributions are shared by all calls of a scope, so each is hashed once.
  const hashed = new WeakMap<Attribution, Attribution>();
  return (at) => {
    if (at.user === undefined) return at;
    const known = hashed.get(at);
    if (known !== undefined) return known;
    const user = createHash('sha256').update(at.user).digest('hex').slice(0, HASH_LENGTH);
    const kept = Object.freeze({ ...at, user });
    hashed.set(at, kept);
    return kept;
  };
}
