import { Account } from './account.ts';
import { AccountBook, type NoAccount } from './account-book.ts';
import { Asked, atMost } from './asked.ts';
import type { Budget } from '../spec/budget.ts';
import type { Charged } from './charge-totals.ts';
import { decide, fits, type Decision, type Refusal, type Refused } from '../decide.ts';
import { extensionClaims, weighExtension } from './extension.ts';
import type { CheckResult, Ledger, LedgerOptions } from './ledger.ts';
import { LedgerControl } from './ledger-control.ts';
import { LedgerReporter } from './ledger-reporter.ts';
import type { Values } from '../match.ts';
import { addAmounts, amountsOf, type Amounts, type Measures } from '../measures.ts';
import type { Need } from '../need.ts';
import { Pauses, type Pause } from './pauses.ts';
import { chargeOf, OpenReservation, type Hold, type ReservationDesk } from './reservation.ts';
import type { Standing } from '../standing.ts';
import { WaitingLine, type Claim, type Question, type WaitingDesk } from './waiting-line.ts';
import { leastHold, leftOf, weigh, type Weighed } from './weigh.ts';

const LEAST: Readonly<Amounts> = Object.freeze({ nanoUsd: 1, tokens: 1, calls: 1 });

/** The ledger in memory. Every question asks all accounts that match, and only then writes to all of them. */
export class BudgetLedger implements Ledger, ReservationDesk, WaitingDesk {
  readonly control: LedgerControl;
  readonly #options: LedgerOptions;
  readonly #books: AccountBook[];
  readonly #pauses: Pauses;
  readonly #reporter: LedgerReporter;
  readonly #line: WaitingLine;
  readonly #open = new Set<OpenReservation>();
  #arrivals = 0;
  #now = 0;

  constructor(options: LedgerOptions) {
    const { budgets, mode, serviceName } = options;
    this.#options = options;
    this.#books = budgets.map((budget) => new AccountBook(budget, mode, serviceName));
    this.#pauses = new Pauses(serviceName);
    this.#reporter = new LedgerReporter(options, this.#pauses);
    this.#line = new WaitingLine(this, options.maxWaitMs);
    this.control = new LedgerControl({
      books: this.#books,
      pauses: this.#pauses,
      makeBook: (budget, charges) => new AccountBook(budget, mode, serviceName, charges),
      changed: (entry) => {
        options.observer?.controlled?.(entry);
        this.#now = entry.at;
        this.#line.walkAll(entry.at);
      },
    });
  }

  get now(): number {
    return this.#now;
  }

  tryReserve(need: Need, now: number): Decision | 'wait' {
    const asked = new Asked(need, ++this.#arrivals);
    if (!this.#waits) return this.#attemptLast(asked, now);
    const outcome = this.#attempt(asked, now);
    return outcome instanceof Account ? 'wait' : outcome;
  }

  reserve(need: Need, now: number, signal?: AbortSignal): Promise<Decision> {
    const asked = new Asked(need, ++this.#arrivals);
    if (!this.#waits) return Promise.resolve(this.#attemptLast(asked, now));
    const outcome = this.#attempt(asked, now);
    if (!(outcome instanceof Account)) return Promise.resolve(outcome);
    this.#reporter.waits(outcome);
    return this.#line.join(this.#callQuestion(asked), now, signal);
  }

  reserveNow(need: Need, now: number): Decision {
    return this.#attemptLast(new Asked(need, ++this.#arrivals), now);
  }

  check(at: Values, measures: Measures, now: number): CheckResult {
    this.#now = now;
    const pause = this.#pauseFor(at, now);
    if (pause !== undefined) {
      return { allowed: false, reason: 'paused', standing: this.#reporter.pauseStanding(pause, now) };
    }
    const amounts = amountsOf(measures);
    for (const book of this.#books) {
      if (!book.enforces || !book.matches(at)) continue;
      const account = book.peek(at, now);
      if (account === 'skip') continue;
      const reason = refusalOf(account, amounts);
      if (reason === undefined) continue;
      const shown = account instanceof Account ? account : book.placeholder(at, now);
      return { allowed: false, reason, standing: this.#reporter.standing(shown, now) };
    }
    return { allowed: true };
  }

  standings(now: number): Standing[] {
    const standings: Standing[] = [];
    for (const book of this.#books) {
      for (const account of book.accounts(now)) standings.push(this.#reporter.standing(account, now));
    }
    return standings;
  }

  charged(): Charged[] {
    return this.#books.flatMap((book) => book.charges.list(book.budget.name));
  }

  oldestReservation(now: number): number | undefined {
    for (const oldest of this.#open) return Math.max(0, now - oldest.call.admittedAt);
    return undefined;
  }

  budgets(): readonly Budget[] {
    return this.#books.map((book) => book.budget);
  }

  setTimer(ms: number, fire: () => void): () => void {
    return this.#options.setTimer(ms, fire);
  }

  extend(reservation: OpenReservation, by: Measures, now: number = this.#now): Decision {
    return this.#extendLast(reservation, by, now);
  }

  extendInTurn(
    reservation: OpenReservation,
    by: Measures,
    now: number,
    signal: AbortSignal | undefined,
  ): Decision | Promise<Decision> {
    if (!this.#waits) return this.#extendLast(reservation, by, now);
    const outcome = this.#extend(reservation, by, now);
    if (!(outcome instanceof Account)) return outcome;
    this.#reporter.waits(outcome);
    return this.#line.join(this.#extensionQuestion(reservation, by), now, signal);
  }

  close(reservation: OpenReservation, actual: Measures | undefined): void {
    this.#open.delete(reservation);
    let isAwaited = false;
    for (const hold of reservation.holds) {
      hold.account.putBack(hold.amounts);
      if (actual !== undefined) {
        hold.charge = chargeOf(hold, actual);
        hold.account.charge(hold.charge, hold.slot, this.#now);
      }
      isAwaited ||= hold.account.waiting > 0;
    }
    // Told only when all is written, so that no standing shows a half-settled call.
    for (const hold of reservation.holds) this.#reporter.closed(hold, this.#now);
    if (isAwaited) this.#line.walk(this.#now);
  }

  #callQuestion(asked: Asked): Question {
    return {
      order: asked.order,
      isUnderWay: false,
      attempt: (now) => this.#attempt(asked, now),
      attemptLast: (now) => this.#attemptLast(asked, now),
      claims: (now) => this.#claimsOf(asked, now),
    };
  }

  #extensionQuestion(reservation: OpenReservation, by: Measures): Question {
    return {
      // It is refused by an account that is closed, whoever found it exhausted.
      order: Infinity,
      isUnderWay: true,
      attempt: (now) => this.#extend(reservation, by, now),
      attemptLast: (now) => this.#extendLast(reservation, by, now),
      claims: () => extensionClaims(reservation.holds, amountsOf(by)),
    };
  }

  #attempt(asked: Asked, now: number): Decision | Account {
    const outcome = this.#ask(asked, now, 'left');
    return 'verdict' in outcome ? outcome.account : outcome;
  }

  #attemptLast(asked: Asked, now: number): Decision {
    const outcome = this.#ask(asked, now, 'over');
    if (!('verdict' in outcome)) return outcome;
    return this.#refuse(outcome.account, 'contended', asked, now);
  }

  #claimsOf(asked: Asked, now: number): Claim[] {
    const { at } = asked.need;
    const claims: Claim[] = [];
    for (const book of this.#books) {
      if (!book.enforces || !book.matches(at)) continue;
      const account = book.open(at, now);
      if (!(account instanceof Account)) continue;
      const amounts = leastHold(account, asked, 'left');
      claims.push({ account, amounts, whole: amounts });
    }
    return claims;
  }

  #extendLast(reservation: OpenReservation, by: Measures, now: number): Decision {
    const outcome = this.#extend(reservation, by, now);
    return outcome instanceof Account ? this.#reporter.refused(outcome, 'contended', amountsOf(by), now) : outcome;
  }

  /** A decision, or the account whose other reservations stand in the way. */
  #extend(reservation: OpenReservation, by: Measures, now: number): Decision | Account {
    if (!reservation.isOpen) return { ok: true, reservation };
    this.#now = now;
    const more = amountsOf(by);
    const pause = this.#pauseFor(reservation.call.at, now);
    if (pause !== undefined) return this.#reporter.paused(pause, by, now);
    const weighed = weighExtension(reservation.holds, more, now);
    if (weighed.verdict === 'wait') return weighed.account;
    if (weighed.verdict === 'refused') {
      const { account, reason, needed } = weighed;
      if (reason === 'exhausted' && account.closed === undefined) account.closeFor(reservation.call.order, needed);
      return this.#reporter.refused(account, reason, needed, now);
    }
    for (const hold of reservation.holds) {
      addAmounts(hold.account.reserved, more);
      hold.amounts = sumOf(hold.amounts, more);
    }
    return { ok: true, reservation };
  }

  #ask(asked: Asked, now: number, patience: 'left' | 'over'): Decision | (Weighed & { verdict: 'wait' }) {
    this.#now = now;
    const { at } = asked.need;
    const pause = this.#pauses.stopping(at, now);
    if (pause !== undefined && this.#enforces) return this.#reporter.paused(pause, asked.need.expected, now);
    const accounts = this.#accountsFor(asked, now);
    if (!Array.isArray(accounts)) return accounts;
    if (pause !== undefined) return this.#admitPaused(pause, accounts, asked, now);
    if (accounts.length === 0) return this.#unbudgeted(asked, now);
    if (areAllFree(accounts, asked)) return this.#admit(accounts, asked, undefined, now);
    const weighed = weigh(accounts, asked, patience);
    if (weighed.verdict === 'wait') return weighed;
    if (weighed.verdict === 'ok') return this.#admit(accounts, asked, weighed.outputCap, now);
    return this.#refuse(weighed.account, weighed.reason, asked, now);
  }

  #admit(accounts: readonly Account[], asked: Asked, outputCap: number | undefined, now: number): Decision {
    const warnings = warningsOf(accounts, asked);
    const reservation = this.#reserve(accounts, asked, outputCap, now);
    this.#reporter.allowed(accounts, warnings, now);
    return outputCap === undefined ? { ok: true, reservation } : { ok: true, reservation, outputCap };
  }

  /** A pause that only observes stands in for whatever the accounts would have said. */
  #admitPaused(pause: Pause, accounts: readonly Account[], asked: Asked, now: number): Decision {
    const admitted: Decision =
      accounts.length === 0
        ? this.#unbudgeted(asked, now)
        : { ok: true, reservation: this.#reserve(accounts, asked, undefined, now) };
    this.#reporter.wouldPause(pause, accounts, now);
    return admitted;
  }

  /** A call that no budget is about: nothing is checked and nothing is kept, but a pause stops its next attempt. */
  #unbudgeted({ order, need }: Asked, now: number): Decision {
    return { ok: true, reservation: new OpenReservation(this, { order, at: need.at, admittedAt: now }, []) };
  }

  #reserve(accounts: readonly Account[], asked: Asked, outputCap: number | undefined, now: number): OpenReservation {
    const most = outputCap === undefined ? undefined : asked.costAt(outputCap);
    const holds: Hold[] = [];
    for (const account of accounts) {
      const full = asked.holdFor(account.book.budget);
      const amounts = most === undefined ? full : atMost(full, most);
      account.reserve(amounts);
      holds.push({ account, slot: account.slotAt(now), amounts, charge: undefined });
    }
    const reservation = new OpenReservation(this, { order: asked.order, at: asked.need.at, admittedAt: now }, holds);
    this.#open.add(reservation);
    return reservation;
  }

  #refuse(account: Account, reason: Refusal, asked: Asked, now: number): Refused {
    const hold = asked.holdFor(account.book.budget);
    if (reason === 'exhausted') {
      return this.#reporter.refused(account, reason, account.closeFor(asked.order, atMost(asked.lower, hold)), now);
    }
    const refused = this.#reporter.refused(account, reason, hold, now);
    if (reason === 'too-large') refused.lowerOutputBy = asked.outputOver(hold, leftOf(account));
    return refused;
  }

  /** The accounts of a call, or its refusal by a budget that has none for it. */
  #accountsFor(asked: Asked, now: number): Account[] | Refused {
    const { at, expected } = asked.need;
    const isUnpriced = this.#options.denyUnpriced === true && expected.nanoUsd === undefined;
    const accounts: Account[] = [];
    for (const book of this.#books) {
      if (!book.matches(at)) continue;
      const account = book.open(at, now);
      if (account instanceof Account) {
        accounts.push(account);
        if (!isUnpriced || book.limit.nanoUsd === Infinity) continue;
        if (book.enforces) return this.#refuse(account, 'unpriced', asked, now);
        this.#reporter.warned(account, 'unpriced', now);
      } else {
        const refusal = this.#withoutAccount(book, account, asked, now);
        if (refusal !== undefined) return refusal;
      }
    }
    return accounts;
  }

  #withoutAccount(book: AccountBook, reason: NoAccount, asked: Asked, now: number): Refused | undefined {
    const { at } = asked.need;
    if (reason === 'skip') {
      this.#reporter.skipped(book, at);
      return undefined;
    }
    const placeholder = book.placeholder(at, now);
    if (book.enforces) return this.#refuse(placeholder, reason, asked, now);
    this.#reporter.warned(placeholder, reason, now);
    return undefined;
  }

  get #waits(): boolean {
    return this.#options.maxWaitMs > 0;
  }

  get #enforces(): boolean {
    return this.#options.mode === 'enforce';
  }

  /** The pause that refuses a call. */
  #pauseFor(at: Values, now: number): Pause | undefined {
    return this.#enforces ? this.#pauses.stopping(at, now) : undefined;
  }
}

function areAllFree(accounts: readonly Account[], asked: Asked): boolean {
  for (const account of accounts) {
    if (account.isClosedFor(asked.order) || !fits(account, asked.holdFor(account.book.budget))) return false;
  }
  return true;
}

/** What accounts that can't say no would have said. */
function warningsOf(accounts: readonly Account[], asked: Asked): Map<Account, Refusal> | undefined {
  let warnings: Map<Account, Refusal> | undefined;
  for (const account of accounts) {
    if (account.book.enforces) continue;
    const verdict = decide(account, asked.holdFor(account.book.budget), asked.lower);
    if (verdict !== 'ok') (warnings ??= new Map()).set(account, verdict);
  }
  return warnings;
}

/** What an amount of work is told: a part of it can still be done unless nothing at all is left. */
function refusalOf(account: Account | NoAccount, amounts: Amounts): Refusal | undefined {
  if (account === 'skip') return undefined;
  if (!(account instanceof Account)) return account;
  if (account.closed !== undefined) return 'exhausted';
  if (fits(account, amounts)) return undefined;
  const verdict = decide(account, amounts, atMost(amounts, LEAST));
  return verdict === 'ok' ? undefined : verdict;
}

function sumOf(a: Readonly<Amounts>, b: Readonly<Amounts>): Amounts {
  return { nanoUsd: a.nanoUsd + b.nanoUsd, tokens: a.tokens + b.tokens, calls: a.calls + b.calls };
}
