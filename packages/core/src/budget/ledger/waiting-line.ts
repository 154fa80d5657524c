import { Account } from './account.ts';
import { fits, type Decision } from '../decide.ts';
import type { Amounts } from '../measures.ts';
import { addAmounts, isWithin } from '../measures.ts';
import { leftOf } from './weigh.ts';

/** What one that waits needs of an account, beside what it holds there. */
export interface Claim {
  readonly account: Account;
  readonly amounts: Readonly<Amounts>;
  /** With what it holds there already. */
  readonly whole: Readonly<Amounts>;
}

/** What waits for its answer: a call, or one that is under way and needs more. */
export interface Question {
  /** Which accounts are closed for it. */
  readonly order: number;
  /** Whether it goes before everyone whose call is not. */
  readonly isUnderWay: boolean;
  /** A decision, or the account that it has to wait for. */
  attempt(now: number): Decision | Account;
  /** A decision now that its time is up. */
  attemptLast(now: number): Decision;
  claims(now: number): Claim[];
}

/** What the ledger does for the line. */
export interface WaitingDesk {
  /** The latest time that is known. */
  readonly now: number;
  setTimer(ms: number, fire: () => void): () => void;
}

interface Waiter {
  readonly question: Question;
  readonly deadline: number;
  claims: readonly Claim[];
  /** When a window ends or spend leaves one: its claims hold until then. */
  askAgainAt: number;
  readonly answer: (decision: Decision) => void;
}

/**
 * Calls that wait until others have settled, in order of arrival, those under way first. One rule: what an earlier call waits for counts as taken
 * for every later one, in all of its accounts. So a large call can't be overtaken until nothing is left for it; a call behind
 * it that fits beside it, or shares no account with it, goes at once; and every call gets the answer that it would have got
 * had the calls come one by one. A call that fits, but only in what the large one waits for, waits its turn: let through, it
 * could spend what the large one needs, and the large one would be refused although it came first.
 */
export class WaitingLine {
  readonly #desk: WaitingDesk;
  readonly #maxWaitMs: number;
  #waiters: Waiter[] = [];
  #wakeAt = Infinity;
  #stopTimer: () => void = () => undefined;

  constructor(desk: WaitingDesk, maxWaitMs: number) {
    this.#desk = desk;
    this.#maxWaitMs = maxWaitMs;
  }

  /** Waits at the end of the line, or of those under way. Rejects with the signal's reason when that aborts first. */
  join(question: Question, now: number, signal: AbortSignal | undefined): Promise<Decision> {
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#remove(waiter);
        reject(signal?.reason);
      };
      const answer = (decision: Decision): void => {
        signal?.removeEventListener('abort', leave);
        resolve(decision);
      };
      const waiter: Waiter = { question, deadline: now + this.#maxWaitMs, claims: [], askAgainAt: Infinity, answer };
      signal?.addEventListener('abort', leave, { once: true });
      this.#enter(waiter, now);
      this.#wake(Math.min(this.#wakeAt, waiter.deadline, waiter.askAgainAt), now);
    });
  }

  /** Asks again for those who may have an answer now, first come first, after something was put back. */
  walk(now: number): void {
    this.#walk(now, (waiter) => now >= waiter.askAgainAt || mayHaveAnswer(waiter));
  }

  /** Asks again for everyone, after the rules have changed. */
  walkAll(now: number): void {
    this.#walk(now, () => true);
  }

  #walk(now: number, isAsked: (waiter: Waiter) => boolean): void {
    if (this.#waiters.length === 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const { claims } of waiters) for (const { account } of claims) clear(account.claimed);
    for (const waiter of waiters) {
      if (now >= waiter.deadline || isAsked(waiter)) this.#ask(waiter, now);
      else this.#stay(waiter);
    }
    this.#wakeForFirst(now);
  }

  #ask(waiter: Waiter, now: number): void {
    for (const { account } of waiter.claims) account.waiting--;
    const isOver = now >= waiter.deadline;
    const outcome = isOver ? waiter.question.attemptLast(now) : waiter.question.attempt(now);
    if (outcome instanceof Account) this.#enter(waiter, now);
    else waiter.answer(outcome);
  }

  #enter(waiter: Waiter, now: number): void {
    waiter.claims = waiter.question.claims(now);
    waiter.askAgainAt = Infinity;
    for (const { account } of waiter.claims) {
      account.waiting++;
      waiter.askAgainAt = Math.min(waiter.askAgainAt, mayChangeAt(account));
    }
    this.#stay(waiter);
  }

  #stay(waiter: Waiter): void {
    for (const { account, amounts } of waiter.claims) addAmounts(account.claimed, amounts);
    const behind = waiter.question.isUnderWay ? this.#waiters.findIndex(({ question }) => !question.isUnderWay) : -1;
    this.#waiters.splice(behind < 0 ? this.#waiters.length : behind, 0, waiter);
  }

  #remove(waiter: Waiter): void {
    const index = this.#waiters.indexOf(waiter);
    if (index < 0) return;
    this.#waiters.splice(index, 1);
    for (const { account } of waiter.claims) {
      account.waiting--;
      clear(account.claimed);
    }
    this.walk(this.#desk.now);
    this.#wakeForFirst(this.#desk.now);
  }

  #wakeForFirst(now: number): void {
    let at = Infinity;
    for (const { deadline, askAgainAt } of this.#waiters) at = Math.min(at, deadline, askAgainAt);
    this.#wake(at, now);
  }

  /** Sets the one timer of the line. */
  #wake(at: number, now: number): void {
    if (at === this.#wakeAt) return;
    this.#stopTimer();
    this.#stopTimer = () => undefined;
    this.#wakeAt = at;
    if (at === Infinity) return;
    this.#stopTimer = this.#desk.setTimer(Math.max(0, at - now), () => {
      this.#wakeAt = Infinity;
      this.walk(at);
    });
  }
}

/** Whether asking again can end in anything but more waiting: it fits, or never will. */
function mayHaveAnswer({ question, claims }: Waiter): boolean {
  let fitsEverywhere = true;
  for (const { account, amounts, whole } of claims) {
    if (account.isClosedFor(question.order) || !isWithin(whole, leftOf(account))) return true;
    fitsEverywhere &&= fits(account, amounts);
  }
  return fitsEverywhere;
}

/** When waiting for this account may come to an end without anything being put back. */
function mayChangeAt(account: Account): number {
  return account.window.span?.resetsAt ?? account.nextExit() ?? Infinity;
}

function clear(amounts: Amounts): void {
  amounts.nanoUsd = 0;
  amounts.tokens = 0;
  amounts.calls = 0;
}
