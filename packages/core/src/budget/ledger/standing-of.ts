import type { Account } from './account.ts';
import { accountKey } from '../match.ts';
import type { Amounts, Measures } from '../measures.ts';
import { UNITS } from '../measures.ts';
import type { Reach, Standing } from '../standing.ts';
import { windowLabel } from '../window/window.ts';

/** How an account stands at `now`, as a value that later changes do not touch. */
export function standingOf(account: Account, now: number, store: { id: string; reach: Reach }): Standing {
  const { book, values, window, limit, spent, reserved } = account;
  return {
    budget: book.budget.name,
    key: accountKey(book.budget.name, values, window.id),
    account: values,
    window: windowLabel(book.budget.window),
    ...boundsOf(account, now),
    asOf: now,
    reach: store.reach,
    store: store.id,
    limit: within(limit, (unit) => limit[unit]),
    spent: within(limit, (unit) => spent[unit]),
    reserved: within(limit, (unit) => reserved[unit]),
    remaining: within(limit, (unit) => Math.max(0, limit[unit] - spent[unit] - reserved[unit])),
    closed: account.closed !== undefined,
  };
}

/** The units that `limit` limits. */
export function within(limit: Readonly<Amounts>, amount: (unit: keyof Amounts) => number): Measures {
  const measures: Measures = {};
  for (const unit of UNITS) if (limit[unit] !== Infinity) measures[unit] = amount(unit);
  return measures;
}

function boundsOf(account: Account, now: number): { opensAt?: number; resetsAt?: number } {
  const { window } = account.book.budget;
  if (window.kind !== 'rolling') return { ...account.window.span };
  return { opensAt: now - window.lengthMs, resetsAt: account.nextExit() ?? now + window.lengthMs };
}
