import type { PricePlan } from '../pricing/plan.ts';
import type { RequestFacts } from '../wire/wire.ts';

/** Uses of a tool without a limit: what is usual, and what hardly any answer exceeds. */
const UNLIMITED = { expected: 5, upper: 20 };
/** More rounds than this are allowed far more often than they are made. */
const MOST_ROUNDS = 10;

/** What a call costs beside its tokens, in pico-USD. */
export interface FeeNeed {
  expected: number;
  upper: number;
  /** Without any use of a tool. */
  lower: number;
  hasTools: boolean;
  /** How often the input may be sent: once more after each use; 1 where nobody limits the uses to a few. */
  rounds: number;
}

/** Fees of the request, of its seconds of sound, its other units, and of tools that the provider runs. What the plan has no fee for is free. */
export function feeNeed(
  { serverToolUses, audioSeconds, units }: Pick<RequestFacts, 'serverToolUses' | 'audioSeconds' | 'units'>,
  fees: PricePlan['fees'],
): FeeNeed {
  const exact = unitFees(fees, units);
  const lower = exact + feesOf(fees, audioSeconds?.expected);
  const upper = exact + feesOf(fees, audioSeconds?.most);
  const need = { expected: lower, upper, lower, hasTools: false, rounds: 1 };
  for (const [tool, most] of Object.entries(serverToolUses)) {
    const fee = Object.hasOwn(fees, tool) ? fees[tool]! : 0;
    need.expected += fee * (most ?? UNLIMITED.expected);
    need.upper += fee * (most ?? UNLIMITED.upper);
    need.hasTools ||= fee > 0;
    need.rounds += most ?? Infinity;
  }
  if (need.rounds > MOST_ROUNDS + 1) need.rounds = 1;
  return need;
}

function unitFees(fees: PricePlan['fees'], units: RequestFacts['units']): number {
  let sum = 0;
  for (const unit in units) if (Object.hasOwn(fees, unit)) sum += fees[unit]! * units[unit]!;
  return sum;
}

function feesOf(fees: PricePlan['fees'], seconds = 0): number {
  return (fees['request'] ?? 0) + (fees['audio_second'] ?? 0) * seconds;
}
