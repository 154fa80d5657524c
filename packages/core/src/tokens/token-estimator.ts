import { Conversations, type Conversation } from './conversations.ts';
import { countTexts, type Pause } from './count-texts.ts';
import { loadEncoding, type EncodingName } from './encodings.ts';
import {
  captureCall,
  partsAfresh,
  partsAfter,
  partsOnTop,
  type EstimateParts,
  type InputEstimate,
  type LearnedModel,
} from './input-estimate.ts';
import { LearnedRatio } from './learned-ratio.ts';
import { LruMap } from './lru-map.ts';
import { encodingOf } from './model-encoding.ts';
import { familyOf } from './model-families.ts';
import type { RequestSizes } from './request-sizes.ts';
import type { TokenCounter } from './token-counter.ts';

/** Whose tokens: a model counts its text alike everywhere, but providers put different things around it. */
export interface ModelKey {
  provider: string;
  model: string;
}

/** What a provider reported. `input` includes what was cached; `output` leaves out hidden reasoning, which is not sent back. */
export interface ReportedTokens {
  input: number;
  output: number;
  /** Characters of the answer's text and tool arguments. */
  outputLength?: number | undefined;
  responseId?: string | undefined;
}

const MOST_MODELS = 500;
/** With less text than this the overhead, not the text, decides the ratio. */
const LEAST_TAUGHT = 100;
const DEVIATION_BY_LENGTH = 0.25;
const DEVIATION_BY_COUNT = 0.1;
const DEVIATION_IN_OWN_ENCODING = 0.005;

/**
 * Expects a request's input before it is sent, and learns from what the provider reports. One per process: it remembers
 * up to 500 models, and conversations only as long as the app keeps their messages. Never throws.
 */
export class TokenEstimator {
  readonly #models: LruMap<string, LearnedModel> = new LruMap(MOST_MODELS);
  readonly #conversations: Conversations = new Conversations();
  readonly #pause: Pause;
  readonly #load: (name: EncodingName) => Promise<TokenCounter>;

  /** `pause` lets others run within a long count; `load` takes the place of `loadEncoding` in tests. */
  constructor(options: { pause: Pause; load?: ((name: EncodingName) => Promise<TokenCounter>) | undefined }) {
    this.#pause = options.pause;
    this.#load = options.load ?? loadEncoding;
  }

  /** An estimate without a tokenizer, in well under a microsecond however long the prompt. */
  estimate(key: ModelKey, sizes: RequestSizes, conversation?: Conversation): InputEstimate {
    const model = this.#modelOf(key);
    const known = conversation && this.#partsFromBefore(model, sizes, conversation);
    const { fixed, scaled } = known ?? partsAfresh(model, sizes);
    const ratio = model.byLength;
    return {
      tokens: Math.round(fixed + scaled * ratio.mean),
      basis: 'length',
      anchored: known !== undefined,
      fixed,
      scaled,
      ratio,
      call: captureCall(model, sizes, conversation),
    };
  }

  /**
   * An estimate from a count of all texts: exact but for what is put around them where the model's encoding is known,
   * else by its learned ratio to o200k. Loads the encoding if it must, pauses within long texts, stops once above
   * `limit` tokens, and is `estimate` where the encoding can't be loaded.
   */
  async exact(
    key: ModelKey,
    sizes: RequestSizes,
    texts: Iterable<string>,
    options: { conversation?: Conversation | undefined; limit?: number | undefined } = {},
  ): Promise<InputEstimate> {
    const { conversation, limit = Infinity } = options;
    const model = this.#modelOf(key);
    const call = captureCall(model, sizes, conversation);
    const counter = await this.#load(encodingOf(key.model)).catch(() => undefined);
    if (counter === undefined) return this.estimate(key, sizes, conversation);
    const { fixed } = partsAfresh(model, sizes);
    const ratio = model.byCount;
    const perCounted = model.family.perCounted;
    const most = (limit - fixed) / (perCounted * ratio.mean);
    const counted = await countTexts(counter, texts, this.#pause, most);
    const scaled = counted * perCounted;
    return {
      tokens: Math.round(fixed + scaled * ratio.mean),
      basis: 'count',
      anchored: false,
      fixed,
      scaled,
      ratio,
      call: { ...call, teaches: call.teaches && counted <= most },
    };
  }

  /** Takes in what the provider reported for the call of an estimate. A report without input is ignored. */
  learn(estimate: InputEstimate, reported: ReportedTokens): void {
    if (!(reported.input > 0)) return;
    const { model, sizes, teaches, position, lastMessage } = estimate.call;
    this.#models.set(model.id, model);
    if (teaches && estimate.scaled >= LEAST_TAUGHT) {
      estimate.ratio.learn((reported.input - estimate.fixed) / estimate.scaled);
    }
    // Rounds of server tools count the context several times over, which the next request does not repeat.
    if (sizes.serverTools) return;
    const { input, output, outputLength = 0, responseId } = reported;
    const { textLength, messages, media } = sizes;
    const exchange = { model, position, textLength, messages, media, input, output, outputLength };
    this.#conversations.remember(exchange, lastMessage, responseId);
  }

  /** Tokens of a text of which only the length is known, such as the part of an answer that came before an abort. */
  tokensOfLength(key: ModelKey, characters: number): number {
    const { family, byLength } = this.#modelOf(key);
    return Math.ceil(characters * family.perCharacter * byLength.mean);
  }

  #partsFromBefore(model: LearnedModel, sizes: RequestSizes, conversation: Conversation): EstimateParts | undefined {
    const { previousId, messages } = conversation;
    if (previousId !== undefined) {
      const exchange = this.#conversations.findById(previousId, model);
      return exchange && partsOnTop(exchange, model, sizes);
    }
    const exchange = messages && this.#conversations.findByMessages(messages, model);
    return exchange && partsAfter(exchange, model, sizes);
  }

  #modelOf({ provider, model }: ModelKey): LearnedModel {
    const id = `${provider}\n${model}`;
    let learned = this.#models.get(id);
    if (learned === undefined) {
      const family = familyOf(model);
      const deviation = family.ownEncoding ? DEVIATION_IN_OWN_ENCODING : DEVIATION_BY_COUNT;
      learned = {
        id,
        family,
        byLength: new LearnedRatio(DEVIATION_BY_LENGTH),
        byCount: new LearnedRatio(deviation),
      };
      this.#models.set(id, learned);
    }
    return learned;
  }
}
