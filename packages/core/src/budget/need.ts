import type { Attribution } from '../attribution.ts';
import type { Measures } from './measures.ts';

/** What a call needs of every account that matches it. All three figures stand on the same input; they differ by its output. */
export interface Need {
  at: Attribution & { model: string; provider: string };
  /** What is put aside: input, and the output that is expected. */
  expected: Measures;
  /** The most that the call can cost: input, and its output cap. Put aside by budgets with `reserve: 'max'`. */
  upper: Measures;
  /** The least that makes the call worth sending: input, and 256 output tokens (its cap, where that is smaller). */
  lower: Measures;
  /** How many answers the request's output cap is for; 0 where it can have none. */
  cappedAnswers: number;
  /** For one token of the cap, so in all of these answers. */
  nanoUsdPerOutputToken?: number | undefined;
  /** Whether the output cap of the request can be set or lowered. */
  mayShrink: boolean;
}
