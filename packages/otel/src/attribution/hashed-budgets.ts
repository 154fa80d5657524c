import type { BudgetSpec, ConfigIssue } from '@tollgate/core';
import type { Budget, MatchRule } from '@tollgate/core/plugin';
import type { Resolution } from '../options/resolve-options.ts';
import { hashNamedUser } from './users.ts';

const NO_BEGINNING =
  "can't be the beginning of an id where users are hashed, since it would match nobody: name whole ids, or '*' for any user";

/**
 * Budgets as they meet calls whose users are hashed: the users that they match are hashed too. A beginning such as `eu-*`
 * is an issue, since such a budget would never say no.
 */
export function withHashedUsers(resolution: Resolution): Resolution {
  const { options, issues, skipped } = resolution;
  if (options.users === 'plain') return resolution;
  const blind = options.budgets.filter(({ match }) => match.some(isBlind));
  const budgets = options.budgets.filter((budget) => !blind.includes(budget)).map(hashMatch);
  const kept = { ...options, budgets };
  if (options.onInvalid === 'throw') {
    const found = blind.map(({ name }): ConfigIssue => ({
      path: `budgets['${name}'].match.user`,
      message: NO_BEGINNING,
    }));
    return { options: kept, issues: [...issues, ...found], skipped };
  }
  const left = blind.map(({ name }) => ({ budget: name, issue: `match.user ${NO_BEGINNING}` }));
  return { options: kept, issues, skipped: [...skipped, ...left] };
}

/** The same for a budget as people write it; its beginnings are an issue. */
export function hashSpec(spec: BudgetSpec): { spec: BudgetSpec; issues: ConfigIssue[] } {
  const named = (spec as Partial<BudgetSpec> | undefined)?.match?.user;
  const users: unknown[] = Array.isArray(named) ? named : [named];
  if (!users.every((user) => typeof user === 'string')) return { spec, issues: [] };
  const issues = users.some(isBeginning) ? [{ path: 'spec.match.user', message: NO_BEGINNING, received: named }] : [];
  return { spec: { ...spec, match: { ...spec.match, user: users.map(hashPattern) } }, issues };
}

function hashMatch(budget: Budget): Budget {
  const match = budget.match.map((rule): MatchRule => {
    return rule.dimension === 'user' ? { ...rule, exact: new Set([...rule.exact].map(hashNamedUser)) } : rule;
  });
  return Object.freeze({ ...budget, match });
}

function isBlind({ dimension, prefixes }: MatchRule): boolean {
  return dimension === 'user' && prefixes.some((prefix) => prefix !== '');
}

function isBeginning(pattern: string): boolean {
  return pattern.endsWith('*') && pattern !== '*';
}

function hashPattern(pattern: string): string {
  return pattern === '*' ? pattern : hashNamedUser(pattern);
}
