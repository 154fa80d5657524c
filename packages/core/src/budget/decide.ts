import type { Amounts, Measures } from './measures.ts';
import type { Reservation } from './ledger/reservation.ts';
import type { Standing } from './standing.ts';

/** Why a call was refused. Only `exhausted` and `paused` close an account. */
export type Refusal =
  | 'exhausted'
  | 'too-large'
  | 'contended'
  | 'paused'
  | 'unpriced'
  | 'untagged'
  | 'too-many-accounts'
  | 'store-away';

/** A no: by which account, and what the call would have needed of it. */
export interface Refused {
  ok: false;
  reason: Refusal;
  standing: Standing;
  needed: Measures;
  /** `too-large` only: by how many output tokens the cap would have to be lower for the call to fit, where that is known. */
  lowerOutputBy?: number | undefined;
}

/** A yes with what was put aside, or a no with its reason. `outputCap`: the cap that the request must be sent with. */
export type Decision = { ok: true; reservation: Reservation; outputCap?: number | undefined } | Refused;

/** What one account can say about one call. Only `contended` may change while others finish. */
export type Verdict = 'ok' | 'exhausted' | 'too-large' | 'contended';

/** The figures of an account that count. `claimed` is what calls that came earlier are waiting for. */
export interface Tally {
  readonly limit: Readonly<Amounts>;
  readonly spent: Readonly<Amounts>;
  readonly reserved: Readonly<Amounts>;
  readonly claimed: Readonly<Amounts>;
}

/** Output tokens below which a shortened answer is not worth its input. */
export const OUTPUT_FLOOR = 256;

/** Whether `hold` fits beside everything that is spent, put aside and waited for. */
export function fits(tally: Tally, hold: Readonly<Amounts>): boolean {
  return (
    isFree(tally.limit.nanoUsd - tally.spent.nanoUsd, tally.reserved.nanoUsd + tally.claimed.nanoUsd, hold.nanoUsd) &&
    isFree(tally.limit.tokens - tally.spent.tokens, tally.reserved.tokens + tally.claimed.tokens, hold.tokens) &&
    isFree(tally.limit.calls - tally.spent.calls, tally.reserved.calls + tally.claimed.calls, hold.calls)
  );
}

/**
 * Whether a call that puts `hold` aside, and is not worth sending for less than `lower`, may go. With a limit of 10 and 4 spent:
 * hold 6 → ok · 6 with 1 reserved → contended · hold 7, lower 6 → too-large · hold 7, lower 7 → exhausted. What could not
 * be paid even from an untouched account says nothing about the account: hold 12, lower 11 → too-large.
 */
export function decide(tally: Tally, hold: Readonly<Amounts>, lower: Readonly<Amounts>): Verdict {
  if (fits(tally, hold)) return 'ok';
  const verdicts = [
    judge(tally, hold, lower, 'nanoUsd'),
    judge(tally, hold, lower, 'tokens'),
    judge(tally, hold, lower, 'calls'),
  ];
  return (['exhausted', 'too-large', 'contended'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'ok';
}

function judge(tally: Tally, hold: Readonly<Amounts>, lower: Readonly<Amounts>, unit: keyof Amounts): Verdict {
  const limit = tally.limit[unit];
  const left = limit - tally.spent[unit];
  if (isFree(left, tally.reserved[unit] + tally.claimed[unit], hold[unit])) return 'ok';
  const least = Math.min(lower[unit], hold[unit]);
  if (least > left && (least <= limit || limit === 0)) return 'exhausted';
  return hold[unit] > left ? 'too-large' : 'contended';
}

/** A call that takes nothing of a unit is never refused for it, not even by an account that is over its limit. */
function isFree(left: number, taken: number, hold: number): boolean {
  return hold === 0 || hold <= left - taken;
}
