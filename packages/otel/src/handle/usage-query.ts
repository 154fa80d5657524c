import { ConfigError, DIMENSIONS, type ConfigIssue, type Dimension } from '@tollgate/core/start';
import { hint, isRecord } from '../options/checks.ts';
import { show } from '../options/show.ts';

/** By which dimensions spend is asked for; without any, for the total. */
export interface UsageQuery {
  by?: readonly Dimension[] | undefined;
}

/** A question for spend as the book is asked it. Throws `ConfigError`: a typo may not make a total out of a breakdown. */
export function readUsageQuery(query: unknown = {}): UsageQuery {
  const issues = issuesOf(query);
  if (issues.length > 0) throw new ConfigError(issues);
  return query as UsageQuery;
}

function issuesOf(query: unknown): ConfigIssue[] {
  if (!isRecord(query)) {
    const message = `must be an object such as { by: ['agent'] }, is ${show(query)}`;
    return [{ path: 'query', message, received: query }];
  }
  return Object.entries(query).flatMap(([name, value]) => {
    if (name === 'by') return value === undefined ? [] : dimensionIssues(value);
    return [{ path: `query.${name}`, message: `is unknown${hint(name, ['by'])}; known: by`, received: value }];
  });
}

function dimensionIssues(by: unknown): ConfigIssue[] {
  if (!Array.isArray(by)) {
    return [{ path: 'query.by', message: `must be a list such as ['agent'], is ${show(by)}`, received: by }];
  }
  const names: readonly unknown[] = DIMENSIONS;
  return by.flatMap((name: unknown, index) => {
    if (names.includes(name)) return [];
    const message = `must be a dimension, is ${show(name)}${hint(name, DIMENSIONS)}; known: ${DIMENSIONS.join(', ')}`;
    return [{ path: `query.by[${index}]`, message, received: name }];
  });
}
