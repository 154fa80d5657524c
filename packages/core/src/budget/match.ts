import type { Dimension } from '../attribution.ts';

/** Values of a call by dimension: its attribution, model and provider. */
export type Values = { readonly [D in Dimension]?: string | undefined };

/** One dimension that a budget looks at: the value must be one of `exact` or start with one of `prefixes`. */
export interface MatchRule {
  readonly dimension: Dimension;
  readonly exact: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

/** A rule from patterns as people write them: `*` at the end stands for any rest, alone for any value. */
export function matchRule(dimension: Dimension, patterns: readonly string[]): MatchRule {
  const prefixes = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  return { dimension, exact: new Set(patterns.filter((pattern) => !pattern.endsWith('*'))), prefixes };
}

/** The value that counts for a budget; a call without an agent is the service's own. Empty is as good as none. */
export function valueOf(at: Values, dimension: Dimension, serviceName: string): string | undefined {
  const value = at[dimension];
  if (value !== undefined && value !== '') return value;
  return dimension === 'agent' && serviceName !== '' ? serviceName : undefined;
}

/** Whether every rule accepts the call; no rule accepts a value that is not there. */
export function matches(rules: readonly MatchRule[], at: Values, serviceName: string): boolean {
  for (const rule of rules) {
    const value = valueOf(at, rule.dimension, serviceName);
    if (value === undefined || !accepts(rule, value)) return false;
  }
  return true;
}

function accepts(rule: MatchRule, value: string): boolean {
  return rule.exact.has(value) || rule.prefixes.some((prefix) => value.startsWith(prefix));
}

/**
 * What stores and throttles know an account by: budget, dimension values and window instance in one string. Parts are
 * percent-encoded, so that no value can pose as another account: `agent-day|agent=triager|day@2026-11-24T00:00:00.000Z`.
 */
export function accountKey(budget: string, values: Values, windowId: string): string {
  const parts = Object.entries(values).map(([dimension, value]) => `${dimension}=${encodeURIComponent(value ?? '')}`);
  return [encodeURIComponent(budget), parts.join(','), windowId].join('|');
}
