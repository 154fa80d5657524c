import type { Budget } from '../spec/budget.ts';
import { OUTPUT_FLOOR } from '../decide.ts';
import type { Amounts } from '../measures.ts';
import { amountsOf, isWithin } from '../measures.ts';
import type { Need } from '../need.ts';

/** A need in whole amounts. What most calls never look at is worked out when it is asked for. */
export class Asked {
  readonly need: Need;
  /** Its place in the order of arrival. */
  readonly order: number;
  readonly expected: Amounts;
  #upper: Amounts | undefined = undefined;
  #lower: Amounts | undefined = undefined;

  constructor(need: Need, order: number) {
    this.need = need;
    this.order = order;
    this.expected = amountsOf(need.expected);
  }

  get upper(): Amounts {
    this.#upper ??= amountsOf(this.need.upper, this.expected);
    return this.#upper;
  }

  get lower(): Amounts {
    this.#lower ??= amountsOf(this.need.lower, this.expected);
    return this.#lower;
  }

  /** What an account of `budget` puts aside for the call in full length. */
  holdFor(budget: Budget): Amounts {
    return budget.reserve === 'max' ? this.upper : this.expected;
  }

  /** Whether the output cap may be set to make the call fit into an account of `budget`. */
  canShrinkFor(budget: Budget): boolean {
    return budget.shrink && this.need.mayShrink && (budget.limit.nanoUsd === Infinity || this.#rate > 0);
  }

  /** The most output tokens with which the call costs no more than `granted`. */
  outputCapFor(granted: Amounts): number {
    const byMoney = this.#rate > 0 ? Math.floor((granted.nanoUsd - this.lower.nanoUsd) / this.#rate) : Infinity;
    return OUTPUT_FLOOR + Math.max(0, Math.min(byMoney, granted.tokens - this.lower.tokens));
  }

  /** The most that the call can cost with `outputCap`. */
  costAt(outputCap: number): Amounts {
    const more = outputCap - OUTPUT_FLOOR;
    // Less a hair, so that an inexact product does not round up to a nano-USD that nobody granted.
    const nanoUsd = this.lower.nanoUsd + Math.ceil(more * this.#rate - 1e-6);
    return { nanoUsd, tokens: this.lower.tokens + more, calls: this.lower.calls };
  }

  /**
   * By how many tokens the output cap would have to be lower for the call to stay within `left`; undefined where there is no
   * cap to lower, and when it is not worth sending so short.
   */
  outputOver(hold: Amounts, left: Amounts): number | undefined {
    const { cappedAnswers } = this.need;
    if (cappedAnswers === 0 || !isWithin(this.lower, left)) return undefined;
    const money = Math.max(0, hold.nanoUsd - left.nanoUsd);
    if (money > 0 && !(this.#rate > 0)) return undefined;
    const tokens = Math.ceil(Math.max(0, hold.tokens - left.tokens) / cappedAnswers);
    return Math.max(money > 0 ? Math.ceil(money / this.#rate) : 0, tokens);
  }

  get #rate(): number {
    return this.need.nanoUsdPerOutputToken ?? 0;
  }
}

/** The smaller of two amounts, unit by unit. */
export function atMost(a: Readonly<Amounts>, b: Readonly<Amounts>): Amounts {
  return {
    nanoUsd: Math.min(a.nanoUsd, b.nanoUsd),
    tokens: Math.min(a.tokens, b.tokens),
    calls: Math.min(a.calls, b.calls),
  };
}
