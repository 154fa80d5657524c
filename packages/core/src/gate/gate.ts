import type { Decision } from '../budget/decide.ts';
import type { Measures } from '../budget/measures.ts';
import type { Ledger } from '../budget/ledger/ledger.ts';
import type { PricePlan } from '../pricing/plan.ts';
import type { PriceTable } from '../pricing/price-table.ts';
import type { Conversation } from '../tokens/conversations.ts';
import { boundInputTokens, isBoundSound } from '../tokens/input-bound.ts';
import type { OutputEstimator } from '../tokens/output-estimator.ts';
import { upperOf, type InputEstimate } from '../tokens/input-estimate.ts';
import type { TokenEstimator } from '../tokens/token-estimator.ts';
import { callQuery } from './call-query.ts';
import { conversationOf } from './conversation.ts';
import type { GateCall } from './gate-call.ts';
import type { Admission, Hold } from './hold.ts';
import { needOf } from './need-of.ts';
import { settle, type CallEnd, type Settlement } from './settle.ts';

/** What a budget is charged for a model that has no price: as its dearest relative, nothing, or the call is refused. */
export type UnknownPrice = 'family' | 'deny' | 'allow-unpriced';

/** What the gate works with; one set per process. */
export interface GateParts {
  ledger: Ledger;
  /** The table that is in force now: a file of overrides may be read again. */
  prices: () => PriceTable;
  inputs: TokenEstimator;
  outputs: OutputEstimator;
  unknownPrice: UnknownPrice;
  now: () => number;
}

/**
 * Lets calls through, or says which budget does not. Before a call it looks no harder than it must: a bound that costs
 * nothing; where that would cross a limit, a count of the very text. What was held is put back when the call has ended.
 */
export class Gate {
  readonly #parts: GateParts;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** Answers at once where it can: a promise only where text must be counted, a store asked, or others waited for. */
  admit(call: GateCall, signal?: AbortSignal): Admission | Promise<Admission> {
    const { inputs, outputs, ledger, now } = this.#parts;
    const key = { provider: call.provider, model: call.facts.model };
    const conversation = conversationOf(call.body);
    const draft: Draft = {
      call,
      ...this.#plansOf(call),
      conversation,
      input: inputs.estimate(key, call.facts, conversation),
      expectedOutput: outputs.expected(call.facts.model, call.at.agent ?? ''),
    };
    const bound = soundBound(draft);
    const { at, expected } = this.#need(draft, bound);
    const room = isLearned(draft.input) ? expected : manyTimes(expected);
    const found = ledger.check(at, room, now());
    // Where even the bound fits, nothing need be counted; and a closed account refuses whatever the count.
    if (found.allowed) return this.#reserve(draft, heldInput(draft.input, bound), signal);
    if (found.standing.closed) return this.#reserve(draft, bound, signal);
    return this.#admitCounted(draft, bound, signal);
  }

  /**
   * Asks again before another attempt of a call. What a lost attempt may have cost is held beside the new one. Waits for
   * others' reservations as a first attempt does; at once where it can. Rejects only with the reason of `signal`.
   */
  admitAgain(hold: Hold, lost: boolean, signal?: AbortSignal): Admission | Promise<Admission> {
    const decision = hold.reservation.extendInTurn(moreFor(hold, lost), this.#parts.now(), signal);
    return decision instanceof Promise ? decision.then((late) => readmitted(hold, late)) : readmitted(hold, decision);
  }

  /** What the call came to: priced, learned from, and settled with the budgets. */
  settle(call: GateCall, hold: Hold | undefined, end: CallEnd): Settlement {
    return settle(this.#parts, call, hold, end);
  }

  #plansOf(call: GateCall): { plan: PricePlan | undefined; assumed: PricePlan | undefined } {
    if (!call.priced) return { plan: undefined, assumed: undefined };
    const query = callQuery(call);
    const table = this.#parts.prices();
    const plan = table.lookup(query);
    const assumed = plan === undefined && this.#parts.unknownPrice === 'family' ? table.assume(query) : undefined;
    return { plan, assumed };
  }

  #need({ call, plan, assumed, expectedOutput }: Draft, input: number): Hold['need'] {
    // A budget in USD refuses what is undefined, and takes 0 for free.
    const unpriced = this.#parts.unknownPrice === 'deny' ? undefined : 0;
    return needOf(call, plan ?? assumed, { input, expectedOutput }, unpriced);
  }

  async #admitCounted(draft: Draft, bound: number, signal: AbortSignal | undefined): Promise<Admission> {
    const { call, conversation } = draft;
    const key = { provider: call.provider, model: call.facts.model };
    const texts = call.wire.texts(call.operation, call.body);
    const input = await this.#parts.inputs.exact(key, call.facts, texts, { conversation });
    // A count sees only what is sent: context that the provider keeps is known from what it reported before.
    const least = isBoundSound(call.facts, conversation) ? 0 : upperOf(draft.input);
    const held = Math.max(least, Math.min(bound, upperOf(input)));
    return this.#reserve({ ...draft, input }, held, signal);
  }

  #reserve(draft: Draft, input: number, signal: AbortSignal | undefined): Admission | Promise<Admission> {
    const { ledger, now } = this.#parts;
    const need = this.#need(draft, input);
    const decision = ledger.tryReserve(need, now());
    if (typeof decision === 'object') return admitted(draft, need, decision);
    return ledger.reserve(need, now(), signal).then((late) => {
      // While a call waited, others have shown what such calls usually need: it may need less than it asked for.
      const expectedOutput = this.#parts.outputs.expected(draft.call.facts.model, draft.call.at.agent ?? '');
      const isWorthAsking = !late.ok && !late.standing.closed && expectedOutput < draft.expectedOutput;
      return isWorthAsking ? this.#reserve({ ...draft, expectedOutput }, input, signal) : admitted(draft, need, late);
    });
  }
}

interface Draft {
  call: GateCall;
  plan: PricePlan | undefined;
  assumed: PricePlan | undefined;
  conversation: Conversation | undefined;
  input: InputEstimate;
  expectedOutput: number;
}

/** The most that the input can be; where the request does not show all of it, at least what is known of the conversation. */
function soundBound({ call, conversation, input }: Draft): number {
  const bound = boundInputTokens(call.facts);
  return isBoundSound(call.facts, conversation) ? bound : Math.max(bound, upperOf(input));
}

/** A model that is not known yet is held by the bound, which is sound. */
function heldInput(input: InputEstimate, bound: number): number {
  return isLearned(input) ? Math.min(bound, upperOf(input)) : bound;
}

/** Replies after which a model's ratio is trusted with its learned deviation. */
const LEARNED_AFTER = 5;

function isLearned(input: InputEstimate): boolean {
  return input.ratio.observations >= LEARNED_AFTER;
}

/** A bound is several times what a call will cost: it may only be held where it takes little of what others need meanwhile. */
const BOUNDS_TO_SPARE = 10;

function manyTimes({ nanoUsd, tokens, calls }: Measures): Measures {
  return {
    nanoUsd: nanoUsd === undefined ? undefined : nanoUsd * BOUNDS_TO_SPARE,
    tokens: (tokens ?? 0) * BOUNDS_TO_SPARE,
    calls,
  };
}

/** What is held for another attempt beside what is. */
function moreFor({ need }: Hold, lost: boolean): Measures {
  return lost ? { ...need.expected, calls: 0 } : {};
}

function readmitted(hold: Hold, decision: Decision): Admission {
  return decision.ok ? { ok: true, hold } : decision;
}

function admitted({ plan, assumed, input }: Draft, need: Hold['need'], decision: Decision): Admission {
  if (!decision.ok) return decision;
  const { reservation, outputCap } = decision;
  return { ok: true, hold: { plan, assumed, input, need, reservation, outputCap } };
}
