import type { PricePlan } from '../pricing/plan.ts';
import type { RequestFacts } from '../wire/wire.ts';

/** Uses of a tool without a limit: what is usual, and what hardly any answer exceeds. */
const UNLIMITED = { expected: 5, upper: 20 };
/** More rounds than this are allowed far more often than they are made. */
const MOST_ROUNDS = 10;

/** What tools that the provider runs may add to a call. */
export interface ToolNeed {
  /** Fees in pico-USD. */
  expectedPico: number;
  upperPico: number;
  /** How often the input may be sent: once more after each use; 1 where nobody limits the uses to a few. */
  rounds: number;
}

/** Fees and rounds of these uses; a tool that the plan has no fee for is free of them. */
export function toolNeed(uses: RequestFacts['serverToolUses'], fees: PricePlan['fees']): ToolNeed {
  const need = { expectedPico: 0, upperPico: 0, rounds: 1 };
  for (const [tool, most] of Object.entries(uses)) {
    const fee = Object.hasOwn(fees, tool) ? fees[tool]! : 0;
    need.expectedPico += fee * (most ?? UNLIMITED.expected);
    need.upperPico += fee * (most ?? UNLIMITED.upper);
    need.rounds += most ?? Infinity;
  }
  if (need.rounds > MOST_ROUNDS + 1) need.rounds = 1;
  return need;
}
