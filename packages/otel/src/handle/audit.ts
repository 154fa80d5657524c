import { ConfigError, type ConfigIssue } from '@tollgate/core/start';
import { hint, isRecord } from '../options/checks.ts';
import { show } from '../options/show.ts';

/** Throws `ConfigError` for the audit of a change that lasts until the next one, where it says not who, or what nobody knows. */
export function checkAudit(audit: unknown): void {
  check(audit, ['by', 'why']);
}

/** The same for a change that may end by itself: a typo may not make a day into for ever. `for` is read by the ledger. */
export function checkTimedAudit(audit: unknown): void {
  check(audit, ['by', 'why', 'for']);
}

function check(audit: unknown, names: readonly string[]): void {
  const issues = issuesOf(audit, names);
  if (issues.length > 0) throw new ConfigError(issues);
}

function issuesOf(audit: unknown, names: readonly string[]): ConfigIssue[] {
  if (!isRecord(audit)) {
    return [{ path: 'audit', message: `must be an object such as { by: 'ops' }, is ${show(audit)}`, received: audit }];
  }
  const { by, why } = audit;
  const issues = Object.keys(audit).flatMap((name) =>
    names.includes(name)
      ? []
      : [issue(name, `is unknown${hint(name, names)}; known: ${names.join(', ')}`, audit[name])],
  );
  if (typeof by !== 'string' || by.trim() === '') {
    issues.push(issue('by', `must be a text that says who makes the change, is ${show(by)}`, by));
  }
  if (why !== undefined && typeof why !== 'string') issues.push(issue('why', `must be a text, is ${show(why)}`, why));
  return issues;
}

function issue(name: string, message: string, received: unknown): ConfigIssue {
  return { path: `audit.${name}`, message, received };
}
