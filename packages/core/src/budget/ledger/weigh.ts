import type { Account } from './account.ts';
import type { Asked } from './asked.ts';
import { atMost } from './asked.ts';
import type { Refusal } from '../decide.ts';
import { decide, fits } from '../decide.ts';
import { isWithin, type Amounts } from '../measures.ts';

// The part of what is free that one of several shortened calls may take: one in so many.
const SHARE = 4;

/** What all accounts together say: a no of one is a no; one that has to wait makes the call wait. */
export type Weighed =
  | { verdict: 'ok'; outputCap: number | undefined }
  | { verdict: 'refused'; account: Account; reason: Refusal }
  | { verdict: 'wait'; account: Account };

/** Asks every account that can say no. A call that may be shortened waits only for the length that it is expected to have. */
export function weigh(accounts: readonly Account[], asked: Asked, patience: 'left' | 'over'): Weighed {
  let waitFor: Account | undefined;
  let shrinks = false;
  for (const account of accounts) {
    if (!account.book.enforces) continue;
    if (account.isClosedFor(asked.order)) return { verdict: 'refused', account, reason: 'exhausted' };
    const least = leastHold(account, asked, patience);
    const verdict = decide(account, least, asked.lower);
    if (verdict === 'contended') waitFor ??= account;
    else if (verdict !== 'ok') return { verdict: 'refused', account, reason: verdict };
    shrinks ||= !fits(account, asked.holdFor(account.book.budget));
  }
  if (waitFor !== undefined) return { verdict: 'wait', account: waitFor };
  return { verdict: 'ok', outputCap: shrinks ? outputCap(accounts, asked, patience) : undefined };
}

/**
 * What an account has to have free for the call to go: its hold, or where it may be shortened what it is expected to cost, or
 * where even that is gone, or its patience is, the least that makes it worth sending.
 */
export function leastHold(account: Account, asked: Asked, patience: 'left' | 'over'): Amounts {
  const full = asked.holdFor(account.book.budget);
  if (!asked.canShrinkFor(account.book.budget)) return full;
  const expected = atMost(full, asked.expected);
  return patience === 'left' && isWithin(expected, leftOf(account)) ? expected : atMost(full, asked.lower);
}

/** What is not spent. */
export function leftOf(account: Account): Amounts {
  const { limit, spent } = account;
  return {
    nanoUsd: limit.nanoUsd - spent.nanoUsd,
    tokens: limit.tokens - spent.tokens,
    calls: limit.calls - spent.calls,
  };
}

function outputCap(accounts: readonly Account[], asked: Asked, patience: 'left' | 'over'): number {
  let cap = Infinity;
  for (const account of accounts) {
    const { budget, enforces } = account.book;
    if (enforces && asked.canShrinkFor(budget) && !fits(account, asked.holdFor(budget))) {
      cap = Math.min(cap, asked.outputCapFor(granted(account, asked, patience)));
    }
  }
  return cap;
}

/** Alone, a call that has to be shortened may take all that is free; beside others it takes a part, so that they can go too. */
function granted(account: Account, asked: Asked, patience: 'left' | 'over'): Amounts {
  const { reserved, claimed } = account;
  const left = leftOf(account);
  const free = {
    nanoUsd: left.nanoUsd - reserved.nanoUsd - claimed.nanoUsd,
    tokens: left.tokens - reserved.tokens - claimed.tokens,
    calls: left.calls - reserved.calls - claimed.calls,
  };
  if (account.open === 0 && account.waiting === 0) return free;
  const least = leastHold(account, asked, patience);
  return {
    nanoUsd: Math.max(least.nanoUsd, Math.floor(free.nanoUsd / SHARE)),
    tokens: Math.max(least.tokens, Math.floor(free.tokens / SHARE)),
    calls: free.calls,
  };
}
