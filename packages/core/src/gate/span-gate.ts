import type { Attribution } from '../attribution.ts';
import type { Refused } from '../budget/decide.ts';
import type { Need } from '../budget/need.ts';
import type { Reservation } from '../budget/ledger/reservation.ts';
import type { CostResult } from '../cost.ts';
import type { PricePlan } from '../pricing/plan.ts';
import type { PriceQuery } from '../pricing/price-query.ts';
import type { PriceTable } from '../pricing/price-table.ts';
import { OutputEstimator } from '../tokens/output-estimator.ts';
import { emptyUsage, totalInput, totalOutput, type Usage } from '../usage.ts';
import type { ServedAs } from '../wire/usage/served-as.ts';
import type { Operation } from '../wire/wire.ts';
import { assumedCost } from './assumed-cost.ts';
import type { GateParts } from './gate.ts';
import { measuresOf } from './measures-of.ts';
import { needOf } from './need-of.ts';
import { noCost, planCost, unpricedCost } from './plan-cost.ts';
import type { Settlement } from './settle.ts';

/** A call of which only the beginning of a span is known. */
export interface SpanGateCall {
  readonly at: Attribution;
  readonly provider: string;
  readonly model: string;
  readonly operation: Operation;
  readonly outputCap: number | undefined;
  /** The host that it goes to: it stands for a geography at some providers. */
  readonly address?: string | undefined;
  /** The tier that was asked for. */
  readonly serviceTier?: string | undefined;
  readonly startedAt: number;
}

/** What a finished span says: what was used, what had to be guessed about that, and how it was served. */
export interface SpanEnd extends Partial<ServedAs> {
  readonly usage: Usage;
  readonly flags: readonly string[];
}

/** What is put aside for it. */
export interface SpanHold {
  readonly call: SpanGateCall;
  readonly plan: PricePlan | undefined;
  readonly assumed: PricePlan | undefined;
  readonly expected: { input: number; output: number };
  readonly reservation: Reservation;
}

/** The gate for spans that others start: it can't wait, and sees no request, so input is held by what such calls usually have. */
export class SpanGate {
  readonly #parts: GateParts;
  /** Both are 99th percentiles per model and agent; until one is learned, 8,192 tokens. */
  readonly #inputs = new OutputEstimator();

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** Synchronous. Where only others' reservations are in the way the answer is `contended`, since nobody can wait here. */
  admit(call: SpanGateCall): { ok: true; hold: SpanHold } | Refused {
    const { ledger, outputs, now, unknownPrice, prices } = this.#parts;
    const { model, provider, at } = call;
    const query = spanQuery(prices(), call);
    const plan = prices().lookup(query);
    const assumed = plan === undefined && unknownPrice === 'family' ? prices().assume(query) : undefined;
    const expected = {
      input: this.#inputs.expected(model, at.agent ?? ''),
      output: outputs.expected(model, at.agent ?? ''),
    };
    const facts = {
      operation: call.operation,
      model,
      outputCap: call.outputCap,
      choices: 1,
      impliedOutput: undefined,
      audioSeconds: undefined,
      media: NO_MEDIA,
      longCache: false,
      units: {},
      serverToolUses: {},
    };
    const unpriced = unknownPrice === 'deny' ? undefined : 0;
    const needFor = (input: number): Need =>
      needOf(
        { at, provider, facts, mayChange: false },
        plan ?? assumed,
        { input, expectedOutput: expected.output },
        unpriced,
      );
    // A span does not show its input: a guess may refuse this call, but must not close the account to others.
    const { lower } = needFor(0);
    const decision = ledger.reserveNow({ ...needFor(expected.input), lower }, now());
    return decision.ok
      ? { ok: true, hold: { call, plan, assumed, expected, reservation: decision.reservation } }
      : decision;
  }

  /** Prices what the span says was used, and settles. `end` undefined: nobody knows; `isBilled` false: nothing was sent. */
  settle(hold: SpanHold, end: SpanEnd | undefined, isBilled: boolean): Settlement {
    if (!isBilled) {
      hold.reservation.release();
      return { cost: noCost(), assumedNanoUsd: undefined };
    }
    const table = this.#parts.prices();
    const query = spanQuery(table, hold.call, end);
    const cost = costOfSpan(table, query, end ?? unknownEnd(hold));
    const assumedNanoUsd = cost.nanoUsd === undefined ? assumedCost(this.#parts, hold, query, cost.usage) : undefined;
    hold.reservation.settle(measuresOf(cost, assumedNanoUsd));
    if (end !== undefined) this.#learn(hold.call, end.usage);
    return { cost, assumedNanoUsd };
  }

  #learn({ model, at }: SpanGateCall, usage: Usage): void {
    this.#inputs.learn(model, at.agent ?? '', totalInput(usage));
    this.#parts.outputs.learn(model, at.agent ?? '', totalOutput(usage));
  }
}

const NO_MEDIA = { images: 0, audio: 0, files: 0 };

/** What the answer says of its tier, speed and place counts before what was asked for. */
function spanQuery(
  table: PriceTable,
  { provider, model, startedAt, address, serviceTier }: SpanGateCall,
  served: Partial<ServedAs> = {},
): PriceQuery {
  return {
    provider,
    model,
    at: startedAt,
    serviceTier: served.serviceTier ?? serviceTier,
    speed: served.speed,
    geo: served.geo ?? (address === undefined ? undefined : table.geoOf(provider, address)),
  };
}

function costOfSpan(table: PriceTable, query: PriceQuery, { usage, flags }: SpanEnd): CostResult {
  const plan = table.lookup(query);
  const state = flags.length > 0 ? 'estimated' : 'reported';
  if (plan === undefined) return unpricedCost(usage, state, [...flags, table.explain(query) ?? 'unknown_model']);
  return planCost(table, query, plan, { usage, state, flags });
}

function unknownEnd(hold: SpanHold): SpanEnd {
  return { usage: { ...emptyUsage(), input: hold.expected.input }, flags: ['no_usage'] };
}
