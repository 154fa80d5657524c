import type { Account } from './account.ts';
import type { AccountBook } from './account-book.ts';
import type { Refusal, Refused } from '../decide.ts';
import type { LedgerOptions } from './ledger.ts';
import type { LedgerObserver } from './ledger-observer.ts';
import type { Values } from '../match.ts';
import type { Amounts, Measures } from '../measures.ts';
import { UNITS } from '../measures.ts';
import type { Pause, Pauses } from './pauses.ts';
import type { Hold } from './reservation.ts';
import { standingOf, within } from './standing-of.ts';
import type { Reach, Standing } from '../standing.ts';

/** Puts into words what the ledger did, and tells the observer. Changes nothing but which warnings are out. */
export class LedgerReporter {
  readonly #store: { readonly id: string; readonly reach: Reach };
  readonly #observer: LedgerObserver;
  readonly #pauses: Pauses;
  readonly #pausesClose: boolean;

  constructor({ store, observer, mode }: LedgerOptions, pauses: Pauses) {
    this.#store = store;
    this.#observer = observer ?? {};
    this.#pauses = pauses;
    this.#pausesClose = mode === 'enforce';
  }

  standing(account: Account, now: number): Standing {
    const standing = standingOf(account, now, this.#store);
    const pause = this.#pauses.covering(account.values, now);
    if (pause === undefined) return standing;
    return { ...standing, closed: standing.closed || this.#pausesClose, paused: { by: pause.by, until: pause.until } };
  }

  /** The standing of a pause that stops a call, be there a budget for the call or not. */
  pauseStanding({ scope, by, until }: Pause, now: number): Standing {
    return {
      budget: 'pause',
      key: 'pause',
      account: scope,
      window: 'total',
      resetsAt: until,
      asOf: now,
      reach: this.#store.reach,
      store: this.#store.id,
      limit: {},
      spent: {},
      reserved: {},
      remaining: {},
      closed: this.#pausesClose,
      paused: { by, until },
    };
  }

  /** A call goes. */
  allowed(accounts: readonly Account[], warnings: ReadonlyMap<Account, Refusal> | undefined, now: number): void {
    if (this.#observer.decision !== undefined && warnings === undefined) {
      for (const account of accounts) this.#observer.decision(account.allowed);
      return;
    }
    for (const account of accounts) {
      const reason = warnings?.get(account);
      if (reason === undefined) this.#observer.decision?.(account.allowed);
      else this.warned(account, reason, now);
    }
  }

  /** A call goes although an account that may not say no would have refused it. */
  warned(account: Account, reason: Refusal, now: number): void {
    this.#observer.decision?.(account.decision('warn', reason));
    this.#observer.exceeded?.(this.standing(account, now), reason);
  }

  waits(account: Account): void {
    this.#observer.decision?.(account.decision('wait', 'contended'));
  }

  /** The refusal of a call by one account. */
  refused(account: Account, reason: Refusal, needed: Readonly<Amounts>, now: number): Refused {
    const standing = this.standing(account, now);
    this.#observer.decision?.(account.decision('deny', reason));
    this.#observer.exceeded?.(standing, reason);
    return { ok: false, reason, standing, needed: within(account.limit, (unit) => needed[unit]) };
  }

  /** The refusal of a call by a pause. */
  paused(pause: Pause, needed: Measures, now: number): Refused {
    const standing = this.pauseStanding(pause, now);
    this.#observer.exceeded?.(standing, 'paused');
    return { ok: false, reason: 'paused', standing, needed };
  }

  /** A call goes although a pause would have refused it: the ledger only observes. */
  wouldPause(pause: Pause, accounts: readonly Account[], now: number): void {
    for (const account of accounts) this.#observer.decision?.(account.decision('warn', 'paused'));
    this.#observer.exceeded?.(this.pauseStanding(pause, now), 'paused');
  }

  skipped(book: AccountBook, at: Values): void {
    const dimension = book.untagged(at);
    if (dimension !== undefined) this.#observer.untagged?.(book.budget.name, dimension);
  }

  /** A call was charged: warnings that are due, and what it cost beyond its hold. */
  closed({ account, amounts, charge }: Hold, now: number): void {
    if (charge === undefined) return;
    this.#observer.charged?.(account.allowed, charge, account.limit);
    if (account.book.budget.warnAt.length > 0) this.#warn(account, now);
    if (!exceeds(charge, amounts) || this.#observer.overrun === undefined) return;
    const over: Measures = {};
    for (const unit of UNITS) {
      if (account.limit[unit] !== Infinity && charge[unit] > amounts[unit]) over[unit] = charge[unit] - amounts[unit];
    }
    if (Object.keys(over).length > 0) this.#observer.overrun(this.standing(account, now), over);
  }

  #warn(account: Account, now: number): void {
    const { warnAt, window } = account.book.budget;
    if (window.kind === 'rolling' && now - account.warnedAt >= window.lengthMs) account.warned = 0;
    const used = account.usedShare();
    for (let next = warnAt[account.warned]; next !== undefined && used >= next; next = warnAt[account.warned]) {
      account.warned++;
      account.warnedAt = now;
      this.#observer.warning?.(this.standing(account, now), next);
    }
  }
}

function exceeds(charge: Readonly<Amounts>, hold: Readonly<Amounts>): boolean {
  return charge.nanoUsd > hold.nanoUsd || charge.tokens > hold.tokens || charge.calls > hold.calls;
}
