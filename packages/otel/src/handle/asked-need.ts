import type { Measures } from '@tollgate/core';
import { ConfigError, usdToNano, type ConfigIssue } from '@tollgate/core/start';
import { hint, isRecord } from '../options/checks.ts';
import { show } from '../options/show.ts';

/** What people ask about, in the units of a limit. */
export interface AskedNeed {
  usd?: number | undefined;
  tokens?: number | undefined;
  calls?: number | undefined;
}

const UNITS = ['usd', 'tokens', 'calls'];

/** What a question is about, as the ledger counts. Throws `ConfigError`: a typo may not make a yes out of a no. */
export function readNeed(need: AskedNeed): Measures {
  const issues = isRecord(need)
    ? Object.entries(need).flatMap(([unit, amount]) => issueOf(unit, amount))
    : [missing(need)];
  if (issues.length > 0) throw new ConfigError(issues);
  const { usd, tokens, calls } = need;
  return { nanoUsd: usd === undefined ? undefined : usdToNano(usd), tokens, calls };
}

function missing(need: unknown): ConfigIssue {
  const message = `must say how much is asked for, such as { usd: 0.5 } or { calls: 1 }, is ${show(need)}`;
  return { path: 'need', message, received: need };
}

function issueOf(unit: string, amount: unknown): ConfigIssue[] {
  const path = `need.${unit}`;
  if (!UNITS.includes(unit)) {
    return [{ path, message: `is unknown${hint(unit, UNITS)}; known: ${UNITS.join(', ')}`, received: amount }];
  }
  if (amount === undefined || (typeof amount === 'number' && amount >= 0)) return [];
  return [{ path, message: `must be a number, 0 or more, is ${show(amount)}`, received: amount }];
}
