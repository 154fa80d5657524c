import type { ConfigIssue } from '@tollgate/core';
import type { Budget } from '@tollgate/core/plugin';

/** The valid budgets, and the others with what is wrong with each: `onInvalid` decides whether that is an error. */
export interface CheckedBudgets {
  budgets: Budget[];
  broken: BrokenBudget[];
}

/** One that says what cannot be. */
export interface BrokenBudget {
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

/** Under `'skip'` the broken budgets are left out; otherwise all that is wrong with them is an issue. */
export function judgeBroken(
  { broken }: CheckedBudgets,
  onInvalid: 'throw' | 'skip',
): { issues: ConfigIssue[]; skipped: SkippedBudget[] } {
  if (onInvalid === 'throw') return { issues: broken.flatMap(({ issues }) => issues), skipped: [] };
  return { issues: [], skipped: broken.map(({ budget, why }) => ({ budget, issue: why })) };
}
