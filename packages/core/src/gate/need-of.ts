import { OUTPUT_FLOOR } from '../budget/decide.ts';
import type { Measures } from '../budget/measures.ts';
import type { Need } from '../budget/need.ts';
import { holdRates, type HoldOptions } from '../pricing/hold-rates.ts';
import type { PricePlan } from '../pricing/plan.ts';
import type { RequestFacts } from '../wire/wire.ts';
import type { GateCall } from './gate-call.ts';
import { feeNeed } from './fee-need.ts';

/** The output of a model whose limit nobody has listed: the largest that current models have. */
const UNLISTED_MAX_OUTPUT = 128_000;
/** Providers have been seen to go a little over small caps. */
const CAP_SLACK = { tokens: 64, share: 0.01 };

/** Operations whose requests have no field for an output cap. */
const WITHOUT_CAP: ReadonlySet<string> = new Set(['embeddings', 'speech', 'transcription', 'image_generation']);

/** What of a call decides its need. */
export interface NeedSubject extends Pick<GateCall, 'at' | 'provider' | 'mayChange'> {
  readonly facts: Pick<
    RequestFacts,
    | 'operation'
    | 'model'
    | 'outputCap'
    | 'impliedOutput'
    | 'audioSeconds'
    | 'units'
    | 'choices'
    | 'media'
    | 'longCache'
    | 'serverToolUses'
  >;
}

/** Tokens that a call is held for. */
export interface HeldTokens {
  input: number;
  /** What is expected of an answer without a cap of its own. */
  expectedOutput: number;
}

/**
 * What a call needs of its accounts: input at the dearest rate that may apply to it (a cache write) plus its own output
 * cap; without a cap, what is asked for implies or such calls usually need; and fees. In whole nano-USD, rounded up;
 * without a plan, `unpricedNanoUsd`.
 */
export function needOf(
  subject: NeedSubject,
  plan: PricePlan | undefined,
  held: HeldTokens,
  unpricedNanoUsd?: number,
): Need {
  const { facts, at, provider } = subject;
  const rates = plan && holdRates(plan, held.input, holdOptions(facts));
  const output = outputNeed(facts, held.expectedOutput, rates?.maxOutput);
  const answers = facts.operation === 'embeddings' ? 0 : Math.max(1, facts.choices);
  const fees = feeNeed(facts, plan?.fees ?? {});
  const measures = (degree: 'expected' | 'upper' | 'lower', input = held.input): Measures => {
    const tokens = output[degree] * answers;
    const pico = rates && input * rates.inputPico + tokens * rates.outputPico + fees[degree];
    return { nanoUsd: pico === undefined ? unpricedNanoUsd : Math.ceil(pico / 1000), tokens: input + tokens, calls: 1 };
  };
  const isCapped = !WITHOUT_CAP.has(facts.operation);
  return {
    at: { ...at, model: facts.model, provider },
    expected: measures('expected'),
    upper: measures('upper', held.input * fees.rounds),
    lower: measures('lower'),
    cappedAnswers: isCapped ? answers : 0,
    nanoUsdPerOutputToken: rates && isCapped ? (rates.outputPico * answers) / 1000 : undefined,
    // A shorter answer does not make the provider's tools cheaper.
    mayShrink: subject.mayChange && isCapped && answers === 1 && !fees.hasTools,
  };
}

/** Output tokens of one answer: by its cap, by what is asked for, or as such calls usually have them. */
function outputNeed(
  { outputCap, impliedOutput }: NeedSubject['facts'],
  usual: number,
  listed: number | undefined,
): Record<'expected' | 'upper' | 'lower', number> {
  if (impliedOutput !== undefined) {
    const { expected, most } = impliedOutput;
    return { expected, upper: most, lower: Math.min(OUTPUT_FLOOR, expected) };
  }
  const cap = outputCap === undefined ? undefined : Math.min(outputCap, listed ?? Infinity);
  const most = listed ?? UNLISTED_MAX_OUTPUT;
  return {
    expected: cap ?? Math.min(usual, most),
    upper: withSlack(cap ?? most),
    lower: Math.min(OUTPUT_FLOOR, cap ?? OUTPUT_FLOOR),
  };
}

function withSlack(cap: number): number {
  return cap + Math.max(CAP_SLACK.tokens, Math.ceil(cap * CAP_SLACK.share));
}

function holdOptions({ media, operation, longCache }: NeedSubject['facts']): HoldOptions {
  return {
    // Some providers write caches without being asked.
    cacheWrite: longCache ? 'long' : 'short',
    audio: media.audio > 0 || operation === 'speech' || operation === 'transcription',
    images: media.images > 0 || operation === 'image_generation',
  };
}
