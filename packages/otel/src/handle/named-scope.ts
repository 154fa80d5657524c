import { ConfigError, DIMENSIONS, type Attribution, type ConfigIssue } from '@tollgate/core/start';
import { hint, isRecord } from '../options/checks.ts';
import { show } from '../options/show.ts';
import { hashNamedUser } from '../attribution/users.ts';

/** Reads whom a question or a rule is about, as the ledger knows it. Throws `ConfigError`: a typo may not widen a rule to everybody. */
export type ScopeReader = (scope: Attribution, path: string) => Attribution;

/** Reads scopes for a process whose users are kept as `users` says. */
export function scopeReader(users: 'plain' | 'hash'): ScopeReader {
  return (scope, path) => {
    const issues = issuesOf(scope, path);
    if (issues.length > 0) throw new ConfigError(issues);
    return users === 'plain' || scope.user === undefined ? scope : { ...scope, user: hashNamedUser(scope.user) };
  };
}

function issuesOf(scope: unknown, path: string): ConfigIssue[] {
  if (!isRecord(scope)) {
    return [{ path, message: `must be an object such as { agent: 'research' }, is ${show(scope)}`, received: scope }];
  }
  const names: readonly string[] = DIMENSIONS;
  return Object.entries(scope).flatMap(([name, value]) => {
    const message = names.includes(name)
      ? valueIssue(value)
      : `is unknown${hint(name, names)}; known: ${names.join(', ')}`;
    return message === undefined ? [] : [{ path: `${path}.${name}`, message, received: value }];
  });
}

function valueIssue(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return undefined;
  return `must be a text, is ${show(value)}; leave it out where any value will do`;
}
