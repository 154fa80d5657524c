import type { ConfigIssue } from '@tollgate/core';
import { parseBudgets } from '@tollgate/core/config';
import type { BrokenBudget, CheckedBudgets } from './broken-budgets.ts';
import { isRecord } from './checks.ts';
import type { Check, Place } from './place.ts';

/** A list of budgets. Only what is no list at all is an issue here. */
export const budgets: Check<CheckedBudgets> = (value, place) => {
  if (!Array.isArray(value)) {
    for (const { message, received } of parseBudgets(value).issues) place.reject(message, received);
    return undefined;
  }
  const parsed = parseBudgets(value);
  const broken = value.flatMap((spec: unknown, index) => {
    const at = `[${index}]`;
    const issues = parsed.issues.filter(({ path }) => path.startsWith(`budgets${at}`));
    return issues.length === 0 ? [] : [brokenBudget(spec, at, issues, place)];
  });
  return { budgets: parsed.budgets, broken };
};

function brokenBudget(spec: unknown, at: string, issues: ConfigIssue[], place: Place): BrokenBudget {
  const named = isRecord(spec) && typeof spec['name'] === 'string' && spec['name'] !== '' ? spec['name'] : undefined;
  const parts = issues.map(({ path, message }) => ({ part: path.replace(/^budgets\[\d+\]/, ''), message }));
  return {
    budget: named ?? `budgets${at}`,
    issues: issues.map((issue, n) => ({ ...issue, path: place.path(at + (parts[n]?.part ?? '')) })),
    why: parts.map(({ part, message }) => `${part.replace(/^\./, '')} ${message}`.trim()).join('; '),
  };
}
