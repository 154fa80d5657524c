import type { ConfigIssue } from '@tollgate/core';
import { parseBudgets } from '@tollgate/core/config';
import type { Budget } from '@tollgate/core/plugin';
import { isRecord } from './checks.ts';
import type { Check, Place } from './place.ts';

/** The valid budgets, and the others with what is wrong with each: `onInvalid` decides whether that is an error. */
export interface CheckedBudgets {
  budgets: Budget[];
  broken: BrokenBudget[];
}

interface BrokenBudget {
  /** Its name, or where it stands when it has none. */
  budget: string;
  issues: ConfigIssue[];
  /** The issues in one line, without the path of the budget. */
  why: string;
}

/** A budget that is not enforced because it is broken, and why: what its standing shows as invalid. */
export interface SkippedBudget {
  budget: string;
  issue: string;
}

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

/** Under `'skip'` the broken budgets are left out; otherwise all that is wrong with them is an issue. */
export function judgeBroken(
  { broken }: CheckedBudgets,
  onInvalid: 'throw' | 'skip',
): { issues: ConfigIssue[]; skipped: SkippedBudget[] } {
  if (onInvalid === 'throw') return { issues: broken.flatMap(({ issues }) => issues), skipped: [] };
  return { issues: [], skipped: broken.map(({ budget, why }) => ({ budget, issue: why })) };
}
