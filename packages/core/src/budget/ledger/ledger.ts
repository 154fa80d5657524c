import type { Dimension } from '../../attribution.ts';
import type { Budget } from '../spec/budget.ts';
import { BudgetLedger } from './budget-ledger.ts';
import type { Charged } from './charge-totals.ts';
import type { Decision, Refusal } from '../decide.ts';
import type { LedgerControl } from './ledger-control.ts';
import type { LedgerObserver } from './ledger-observer.ts';
import type { Measures } from '../measures.ts';
import type { Need } from '../need.ts';
import type { Reach, Standing } from '../standing.ts';

/** What `check` found: the same answer that a call would get now, without reserving anything. */
export type CheckResult = { allowed: true } | { allowed: false; reason: Refusal; standing: Standing };

/** All accounts of a process: the one place that says yes or no. It has no clock: every question brings its time, in epoch ms. */
export interface Ledger {
  /** The answer, where it can be given at once. 'wait': only others' reservations are in the way; `reserve` waits for them. */
  tryReserve(need: Need, now: number): Decision | 'ask-store' | 'wait';
  /** The answer, after waiting for others for up to `maxWaitMs`. Rejects only with the reason of `signal`, if that aborts a wait. */
  reserve(need: Need, now: number, signal?: AbortSignal): Promise<Decision>;
  /** The answer for one who can't wait: `contended` where others' reservations are in the way. */
  reserveNow(need: Need, now: number): Decision;
  /** What a call of these measures would be told. Says `allowed` where a budget only observes or warns. */
  check(at: Partial<Record<Dimension, string | undefined>>, measures: Measures, now: number): CheckResult;
  /** Every account of every window that is open at `now`. */
  standings(now: number): Standing[];
  /** What each budget was ever charged: counters for rates and forecasts. */
  charged(): Charged[];
  /** Age in ms of the oldest open reservation; undefined when there is none. */
  oldestReservation(now: number): number | undefined;
  budgets(): readonly Budget[];
  readonly control: LedgerControl;
}

/** What a ledger is made from. */
export interface LedgerOptions {
  readonly budgets: readonly Budget[];
  readonly store: { readonly id: string; readonly reach: Reach };
  /** The agent of calls that name none; '' for none. */
  readonly serviceName: string;
  /** How long a call waits for others. 0: never. */
  readonly maxWaitMs: number;
  /** 'observe' refuses, delays and shortens nothing, whatever a budget says. */
  readonly mode: 'enforce' | 'observe';
  /** Whether a USD budget refuses calls that have no price, rather than counting them as free. Default false. */
  readonly denyUnpriced?: boolean | undefined;
  /** Runs `fire` after `ms`; returns what calls that off. */
  setTimer(ms: number, fire: () => void): () => void;
  readonly observer?: LedgerObserver | undefined;
}

/** A ledger with empty accounts. */
export function createLedger(options: LedgerOptions): Ledger {
  return new BudgetLedger(options);
}
