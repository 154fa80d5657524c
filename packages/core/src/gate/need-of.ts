import { OUTPUT_FLOOR } from '../budget/decide.ts';
import type { Measures } from '../budget/measures.ts';
import type { Need } from '../budget/need.ts';
import { holdRates } from '../pricing/hold-rates.ts';
import type { PricePlan } from '../pricing/plan.ts';
import type { GateCall } from './gate-call.ts';

/** The output of a model whose limit nobody has listed: the largest that current models have. */
const UNLISTED_MAX_OUTPUT = 128_000;
/** Providers have been seen to go a little over small caps. */
const CAP_SLACK = { tokens: 64, share: 0.01 };

/** Tokens that a call is held for. */
export interface HeldTokens {
  input: number;
  /** What is expected of an answer without a cap of its own. */
  expectedOutput: number;
}

/** How a call is charged that has no price: not in money, or not at all without one. */
export type UnpricedPolicy = 'free' | 'refuse';

/**
 * What a call needs of its accounts: input at the dearest rate that applies to it (a cache write, where it may write one)
 * plus its own output cap; without a cap, what such calls usually need. In whole nano-USD, rounded up.
 */
export function needOf(call: GateCall, plan: PricePlan | undefined, held: HeldTokens, unpriced: UnpricedPolicy): Need {
  const { facts } = call;
  const rates = plan && holdRates(plan, held.input, holdOptions(call));
  const most = Math.max(1, rates?.maxOutput ?? UNLISTED_MAX_OUTPUT);
  const cap = facts.outputCap === undefined ? undefined : Math.min(facts.outputCap, Math.max(most, facts.outputCap));
  const answers = Math.max(1, facts.choices);
  const silent = facts.operation === 'embeddings';
  const measures = (outputPerAnswer: number): Measures => {
    const output = silent ? 0 : outputPerAnswer * answers;
    const nanoUsd = rates && Math.ceil((held.input * rates.inputPico + output * rates.outputPico) / 1000);
    return { nanoUsd: nanoUsd ?? (unpriced === 'free' ? 0 : undefined), tokens: held.input + output, calls: 1 };
  };
  return {
    at: { ...call.at, model: facts.model, provider: call.provider },
    expected: measures(cap ?? Math.min(held.expectedOutput, most)),
    upper: measures(withSlack(cap ?? most)),
    lower: measures(Math.min(OUTPUT_FLOOR, cap ?? OUTPUT_FLOOR)),
    nanoUsdPerOutputToken: rates && (rates.outputPico * answers) / 1000,
    mayShrink: !silent && answers === 1,
  };
}

function withSlack(cap: number): number {
  return cap + Math.max(CAP_SLACK.tokens, Math.ceil(cap * CAP_SLACK.share));
}

function holdOptions({ facts }: GateCall): Parameters<typeof holdRates>[2] {
  return {
    mayWriteCache: true,
    audio: facts.media.audio > 0 || facts.operation === 'speech' || facts.operation === 'transcription',
    images: facts.media.images > 0 || facts.operation === 'image_generation',
  };
}
