import type { Conversation } from './conversations.ts';
import { familyOf, type ModelFamily } from './model-families.ts';
import type { RequestSizes } from './request-sizes.ts';

/** A character of `string.length` is at most three bytes of UTF-8; a surrogate pair, which counts two, is four. */
const BYTES_PER_CHARACTER = 3;

/** Ten minutes of audio at 32 tokens per second; a hundred pages of PDF as text and image. Longer ones exist. */
const MOST_AUDIO = 19_200;
const MOST_FILE = 300_000;
const EXPECTED_AUDIO = 1_000;
const EXPECTED_FILE = 8_000;

/**
 * The most input tokens that a request can be, in O(1): every token of a byte-level vocabulary covers at least a byte.
 * Overheads are taken twice as large as published. `isBoundSound` says whether a provider could still count more.
 */
export function boundInputTokens(sizes: RequestSizes): number {
  const family = familyOf(sizes.model);
  const text = Math.ceil(sizes.textLength * BYTES_PER_CHARACTER * family.perByte);
  const { images, audio, files } = sizes.media;
  return text + 2 * overheadTokens(family, sizes) + images * family.image.most + audio * MOST_AUDIO + files * MOST_FILE;
}

/**
 * False where something decides the input that the request does not show: tools run by the provider (each round sends
 * the context again), context that the provider keeps, audio and files of unknown length, images that are not scaled
 * down.
 */
export function isBoundSound(sizes: RequestSizes, conversation?: Conversation): boolean {
  if (conversation?.previousId !== undefined) return false;
  const { images, audio, files } = sizes.media;
  if (sizes.serverTools || audio > 0 || files > 0) return false;
  return images === 0 || familyOf(sizes.model).image.capped;
}

const CONVERSATIONAL = new Set(['chat', 'generate_content']);

/** Tokens that the provider adds around the text; 0 for an operation without messages, such as embeddings. */
export function overheadTokens(family: ModelFamily, sizes: RequestSizes): number {
  if (!CONVERSATIONAL.has(sizes.operation)) return 0;
  const { base, message, tools, tool } = family.overhead;
  return base + message * sizes.messages + (sizes.tools > 0 ? tools + tool * sizes.tools : 0);
}

/** Tokens of media of ordinary size. */
export function expectedMediaTokens(family: ModelFamily, media: RequestSizes['media']): number {
  return media.images * family.image.expected + media.audio * EXPECTED_AUDIO + media.files * EXPECTED_FILE;
}
