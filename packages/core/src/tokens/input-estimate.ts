import type { Conversation, Exchange } from './conversations.ts';
import { expectedMediaTokens, overheadTokens } from './input-bound.ts';
import type { LearnedRatio } from './learned-ratio.ts';
import type { ModelFamily } from './model-families.ts';
import type { RequestSizes } from './request-sizes.ts';

/** An estimate of a request's input, to be handed back to `TokenEstimator.learn` once the provider has reported. */
export interface InputEstimate {
  /** Input tokens to expect. */
  readonly tokens: number;
  /** What the text was measured by: its length, or a count of its tokens. */
  readonly basis: 'length' | 'count';
  /** Whether it goes on from what the provider reported for the same conversation. */
  readonly anchored: boolean;
  /** The part that needs no ratio, and the part that is `scaled` × `ratio`. */
  readonly fixed: number;
  readonly scaled: number;
  readonly ratio: LearnedRatio;
  readonly call: EstimatedCall;
}

/** What is learned from later; captured at the call, because the app may add to its messages meanwhile. */
interface EstimatedCall {
  readonly model: LearnedModel;
  readonly sizes: RequestSizes;
  readonly lastMessage: unknown;
  readonly position: number;
  /** False where the reported figure says nothing about the ratio. */
  readonly teaches: boolean;
}

/** What has been learned of one model. */
export interface LearnedModel {
  readonly id: string;
  readonly family: ModelFamily;
  readonly byLength: LearnedRatio;
  readonly byCount: LearnedRatio;
}

/** Standard deviations between the expected ratio and the upper one: in simulation 0.5 % of calls are above. */
const DEVIATIONS = 4;

/** Input tokens that are hardly ever exceeded: the ratio four standard deviations up. Not a sound bound. */
export function upperOf(estimate: InputEstimate): number {
  const { fixed, scaled, ratio } = estimate;
  return Math.ceil(fixed + scaled * (ratio.mean + DEVIATIONS * ratio.deviation));
}

/** The two parts of an estimate. */
export interface EstimateParts {
  fixed: number;
  scaled: number;
}

/** A request of which nothing is known but its sizes. */
export function partsAfresh(model: LearnedModel, sizes: RequestSizes): EstimateParts {
  const { family } = model;
  return {
    fixed: overheadTokens(family, sizes) + expectedMediaTokens(family, sizes.media),
    scaled: sizes.textLength * family.perCharacter,
  };
}

/**
 * A request that brings an earlier one along: what was reported for that, its answer, and the new text. Undefined where
 * the request is smaller than the earlier one, so that it can't have brought it whole.
 */
export function partsAfter(exchange: Exchange, model: LearnedModel, sizes: RequestSizes): EstimateParts | undefined {
  const newText = sizes.textLength - exchange.textLength;
  if (newText < 0) return undefined;
  const isAnswerBack = exchange.outputLength > 0 && newText >= exchange.outputLength;
  return {
    fixed: exchange.input + (isAnswerBack ? exchange.output : 0) + addedAround(exchange, model, sizes),
    scaled: (isAnswerBack ? newText - exchange.outputLength : newText) * model.family.perCharacter,
  };
}

/** A request whose earlier context the provider keeps: what was reported for that, its answer, and all of this text. */
export function partsOnTop(exchange: Exchange, model: LearnedModel, sizes: RequestSizes): EstimateParts {
  const { family } = model;
  const around = family.overhead.message * sizes.messages + expectedMediaTokens(family, sizes.media);
  return { fixed: exchange.input + exchange.output + around, scaled: sizes.textLength * family.perCharacter };
}

function addedAround(exchange: Exchange, { family }: LearnedModel, sizes: RequestSizes): number {
  const messages = Math.max(0, sizes.messages - exchange.messages);
  const media = expectedMediaTokens(family, sizes.media) - expectedMediaTokens(family, exchange.media);
  return family.overhead.message * messages + Math.max(0, media);
}

/** Captures what `learn` needs of a call. */
export function captureCall(
  model: LearnedModel,
  sizes: RequestSizes,
  conversation: Conversation | undefined,
): EstimatedCall {
  const messages = conversation?.messages;
  const { images, audio, files } = sizes.media;
  return {
    model,
    sizes,
    lastMessage: messages?.at(-1),
    position: messages === undefined ? -1 : messages.length - 1,
    teaches: images + audio + files === 0 && !sizes.serverTools && conversation?.previousId === undefined,
  };
}
