import type { Refused } from '../budget/decide.ts';
import type { Need } from '../budget/need.ts';
import type { Reservation } from '../budget/ledger/reservation.ts';
import type { PricePlan } from '../pricing/plan.ts';
import type { InputEstimate } from '../tokens/input-estimate.ts';

/** What was assumed of a call when it was let through, and what is put aside for it. */
export interface Hold {
  readonly plan: PricePlan | undefined;
  /** What budgets are charged by where `plan` is missing. */
  readonly assumed: PricePlan | undefined;
  readonly input: InputEstimate;
  readonly need: Need;
  readonly reservation: Reservation;
  /** The output cap that the request must be sent with. */
  readonly outputCap: number | undefined;
}

/** The gate's answer to a call. */
export type Admission = { ok: true; hold: Hold } | Refused;
