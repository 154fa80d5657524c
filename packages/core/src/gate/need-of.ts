import { OUTPUT_FLOOR } from '../budget/decide.ts';
import type { Measures } from '../budget/measures.ts';
import type { Need } from '../budget/need.ts';
import { holdRates, type HoldOptions } from '../pricing/hold-rates.ts';
import type { PricePlan } from '../pricing/plan.ts';
import type { RequestFacts } from '../wire/wire.ts';
import type { GateCall } from './gate-call.ts';
import { toolNeed } from './tool-need.ts';

/** The output of a model whose limit nobody has listed: the largest that current models have. */
const UNLISTED_MAX_OUTPUT = 128_000;
/** Providers have been seen to go a little over small caps. */
const CAP_SLACK = { tokens: 64, share: 0.01 };

/** What of a call decides its need. */
export interface NeedSubject extends Pick<GateCall, 'at' | 'provider' | 'mayChange'> {
  readonly facts: Pick<
    RequestFacts,
    'operation' | 'model' | 'outputCap' | 'choices' | 'media' | 'longCache' | 'serverToolUses'
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
 * cap; without a cap, what such calls usually need; and the fees of tools that the provider runs. In whole nano-USD, rounded up; without a plan, `unpricedNanoUsd`.
 */
export function needOf(
  subject: NeedSubject,
  plan: PricePlan | undefined,
  held: HeldTokens,
  unpricedNanoUsd?: number,
): Need {
  const { facts, at, provider } = subject;
  const rates = plan && holdRates(plan, held.input, holdOptions(facts));
  const { cap, most } = outputLimits(facts.outputCap, rates?.maxOutput);
  const answers = facts.operation === 'embeddings' ? 0 : Math.max(1, facts.choices);
  const tools = toolNeed(facts.serverToolUses, plan?.fees ?? {});
  const request = plan?.fees['request'] ?? 0;
  const measures = (perAnswer: number, toolsPico: number, input = held.input): Measures => {
    const output = perAnswer * answers;
    const pico = rates && input * rates.inputPico + output * rates.outputPico + request + toolsPico;
    return { nanoUsd: pico === undefined ? unpricedNanoUsd : Math.ceil(pico / 1000), tokens: input + output, calls: 1 };
  };
  return {
    at: { ...at, model: facts.model, provider },
    expected: measures(cap ?? Math.min(held.expectedOutput, most), tools.expectedPico),
    upper: measures(withSlack(cap ?? most), tools.upperPico, held.input * tools.rounds),
    lower: measures(Math.min(OUTPUT_FLOOR, cap ?? OUTPUT_FLOOR), 0),
    nanoUsdPerOutputToken: rates && (rates.outputPico * answers) / 1000,
    // A shorter answer does not make the provider's tools cheaper.
    mayShrink: subject.mayChange && answers === 1 && tools.upperPico === 0,
  };
}

/** The cap that holds for one answer, if any, and the most that the model can answer. */
function outputLimits(
  asked: number | undefined,
  listed: number | undefined,
): { cap: number | undefined; most: number } {
  const cap = asked === undefined ? undefined : Math.min(asked, listed ?? Infinity);
  return { cap, most: listed ?? UNLISTED_MAX_OUTPUT };
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
