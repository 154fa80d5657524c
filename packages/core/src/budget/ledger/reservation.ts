import type { Account } from './account.ts';
import type { Decision } from '../decide.ts';
import type { Values } from '../match.ts';
import type { Amounts, Measures } from '../measures.ts';
import { wholeAmount } from '../measures.ts';

/** What is put aside for one call in all its accounts, until it is settled or released. Each method is safe to call twice. */
export interface Reservation {
  readonly id: string;
  /**
   * Puts more aside, as for another attempt after one whose outcome is not known. May be refused; then nothing changes.
   * `now`: epoch ms; default: the last time that the ledger was told.
   */
  extend(by: Measures, now?: number): Decision;
  /**
   * The same, but waits for others for up to `maxWaitMs`, before all calls that are not under way; at once where it can.
   * Rejects only with the reason of `signal`, if that aborts the wait.
   */
  extendInTurn(by: Measures, now: number, signal?: AbortSignal): Decision | Promise<Decision>;
  /** Charges what the call did cost, in full, and puts the rest back. A unit that is left out is charged as it was held. */
  settle(actual: Measures): void;
  /** Puts everything back: the call was not billed. */
  release(): void;
}

/** One account's part of a reservation. */
export interface Hold {
  readonly account: Account;
  /** The part of a rolling window that the call was admitted in. */
  readonly slot: number;
  /** Never changed in place: several holds may share one. */
  amounts: Readonly<Amounts>;
  /** What the account was charged; undefined while the call is open, and when it was not billed. */
  charge: Amounts | undefined;
}

/** Whose reservation it is, and since when. */
export interface AdmittedCall {
  readonly order: number;
  readonly at: Values;
  readonly admittedAt: number;
}

/** What the ledger does for its reservations. */
export interface ReservationDesk {
  extend(reservation: OpenReservation, by: Measures, now?: number): Decision;
  extendInTurn(
    reservation: OpenReservation,
    by: Measures,
    now: number,
    signal: AbortSignal | undefined,
  ): Decision | Promise<Decision>;
  /** `actual` undefined: not billed. */
  close(reservation: OpenReservation, actual: Measures | undefined): void;
}

/** A reservation of the ledger. */
export class OpenReservation implements Reservation {
  readonly call: AdmittedCall;
  readonly holds: readonly Hold[];
  readonly #desk: ReservationDesk;
  #isOpen = true;

  constructor(desk: ReservationDesk, call: AdmittedCall, holds: readonly Hold[]) {
    this.#desk = desk;
    this.call = call;
    this.holds = holds;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get id(): string {
    return `reservation-${this.call.order}`;
  }

  extend(by: Measures, now?: number): Decision {
    return this.#isOpen ? this.#desk.extend(this, by, now) : { ok: true, reservation: this };
  }

  extendInTurn(by: Measures, now: number, signal?: AbortSignal): Decision | Promise<Decision> {
    return this.#isOpen ? this.#desk.extendInTurn(this, by, now, signal) : { ok: true, reservation: this };
  }

  settle(actual: Measures): void {
    this.#close(actual);
  }

  release(): void {
    this.#close(undefined);
  }

  #close(actual: Measures | undefined): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#desk.close(this, actual);
  }
}

/** What an account is charged for `actual`. */
export function chargeOf({ account, amounts }: Hold, actual: Measures): Amounts {
  const tokens = wholeAmount(actual.tokens ?? amounts.tokens);
  const cached = account.book.budget.count === 'uncached' ? wholeAmount(actual.cachedTokens) : 0;
  return {
    nanoUsd: wholeAmount(actual.nanoUsd ?? amounts.nanoUsd),
    tokens: Math.max(0, tokens - cached),
    calls: wholeAmount(actual.calls ?? amounts.calls),
  };
}
