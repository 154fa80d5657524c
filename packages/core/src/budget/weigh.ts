import type { Account } from './account.ts';
import type { Asked } from './asked.ts';
import { atMost } from './asked.ts';
import type { Refusal } from './decide.ts';
import { decide, fits } from './decide.ts';
import type { Amounts } from './measures.ts';

/** What all accounts together say: a no of one is a no; one that has to wait makes the call wait. */
export type Weighed =
  | { verdict: 'ok'; outputCap: number | undefined }
  | { verdict: 'refused'; account: Account; reason: Refusal }
  | { verdict: 'wait'; account: Account };

/**
 * Asks every account that can say no. A call that could be shortened is, where it can't fit in full length however long it waits;
 * where only others are in the way it waits for its full length first, until its `patience` is over.
 */
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

/** What an account has to have free for the call to go. */
export function leastHold(account: Account, asked: Asked, patience: 'left' | 'over'): Amounts {
  const full = asked.holdFor(account.book.budget);
  if (!asked.canShrinkFor(account.book.budget)) return full;
  return patience === 'left' && isWithin(full, leftOf(account)) ? full : atMost(full, asked.lower);
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

/** Alone, a call that has to be shortened may take all that is free; while others wait it takes half, so that the line moves. */
function granted(account: Account, asked: Asked, patience: 'left' | 'over'): Amounts {
  const { reserved, claimed } = account;
  const left = leftOf(account);
  const free = {
    nanoUsd: left.nanoUsd - reserved.nanoUsd - claimed.nanoUsd,
    tokens: left.tokens - reserved.tokens - claimed.tokens,
    calls: left.calls - reserved.calls - claimed.calls,
  };
  if (account.waiting === 0 || patience === 'over') return free;
  return {
    nanoUsd: Math.max(asked.lower.nanoUsd, Math.floor(free.nanoUsd / 2)),
    tokens: Math.max(asked.lower.tokens, Math.floor(free.tokens / 2)),
    calls: free.calls,
  };
}

/** Whether `hold` is no more than `left`, in every unit. */
export function isWithin(hold: Readonly<Amounts>, left: Readonly<Amounts>): boolean {
  return hold.nanoUsd <= left.nanoUsd && hold.tokens <= left.tokens && hold.calls <= left.calls;
}
