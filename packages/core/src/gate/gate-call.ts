import type { Attribution } from '../attribution.ts';
import type { Operation, RequestFacts, Wire } from '../wire/wire.ts';

/** A call as the gate sees it: who asks, of whom, and what the request says. */
export interface GateCall {
  readonly at: Attribution;
  readonly provider: string;
  /** False at an address that nobody has named: the call has no price then, whatever its model is called. */
  readonly priced: boolean;
  readonly baseUrl: string | undefined;
  readonly wire: Wire;
  readonly operation: Operation;
  readonly facts: RequestFacts;
  readonly body: unknown;
  /** Whether a copy of the body can be sent with another output cap. */
  readonly mayChange: boolean;
  /** Epoch ms; prices are those of this instant. */
  readonly startedAt: number;
}
