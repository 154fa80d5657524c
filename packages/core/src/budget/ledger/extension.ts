import type { Account } from './account.ts';
import { decide, type Tally } from '../decide.ts';
import { noAmounts, type Amounts } from '../measures.ts';
import type { Hold } from './reservation.ts';
import type { Claim } from './waiting-line.ts';

/** What the accounts of a call that is under way say to its needing more: a no of one is a no, and has its figures. */
export type WeighedExtension =
  | { verdict: 'ok' }
  | { verdict: 'refused'; account: Account; reason: 'exhausted' | 'too-large'; needed: Readonly<Amounts> }
  | { verdict: 'wait'; account: Account };

const NOTHING: Readonly<Amounts> = Object.freeze(noAmounts());

/** Asks every account that can say no. A call that is under way goes before everyone who waits for one to begin. */
export function weighExtension(holds: readonly Hold[], more: Readonly<Amounts>, now: number): WeighedExtension {
  let waitFor: Account | undefined;
  for (const { account, amounts } of holds) {
    if (!account.book.enforces) continue;
    account.book.turnTo(now);
    account.refresh(now);
    if (account.closed !== undefined) {
      return { verdict: 'refused', account, reason: 'exhausted', needed: account.closed.needed };
    }
    const whole = extended(amounts, more);
    const verdict = decide(withoutHold(account, amounts), whole, NOTHING);
    if (verdict === 'exhausted') return { verdict: 'refused', account, reason: verdict, needed: more };
    if (verdict === 'too-large') return { verdict: 'refused', account, reason: verdict, needed: whole };
    if (verdict === 'contended') waitFor ??= account;
  }
  return waitFor === undefined ? { verdict: 'ok' } : { verdict: 'wait', account: waitFor };
}

/** What it needs of each account that can say no. */
export function extensionClaims(holds: readonly Hold[], more: Readonly<Amounts>): Claim[] {
  return holds
    .filter(({ account }) => account.book.enforces)
    .map(({ account, amounts }) => ({ account, amounts: more, whole: extended(amounts, more) }));
}

/** The account as the call sees it: without what it holds itself, and without the line. */
function withoutHold({ limit, spent, reserved }: Tally, own: Readonly<Amounts>): Tally {
  const others = {
    nanoUsd: reserved.nanoUsd - own.nanoUsd,
    tokens: reserved.tokens - own.tokens,
    calls: reserved.calls - own.calls,
  };
  return { limit, spent, reserved: others, claimed: NOTHING };
}

/** What a call holds once it has more; nothing of a unit of which it needs no more, since that is not asked about again. */
function extended(own: Readonly<Amounts>, more: Readonly<Amounts>): Amounts {
  return {
    nanoUsd: more.nanoUsd > 0 ? own.nanoUsd + more.nanoUsd : 0,
    tokens: more.tokens > 0 ? own.tokens + more.tokens : 0,
    calls: more.calls > 0 ? own.calls + more.calls : 0,
  };
}
