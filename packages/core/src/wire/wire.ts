import type { Implied } from './implied.ts';
import type { Usage } from '../usage.ts';

/** What a call does, in the names of the GenAI semantic conventions where they have one. */
export type Operation =
  | 'chat'
  | 'generate_content'
  | 'text_completion'
  | 'embeddings'
  | 'image_generation'
  | 'speech'
  | 'transcription';

/**
 * What is known of a request before it is sent. Reading it costs one pass over the messages' string *lengths*: nothing
 * here looks at text, so its cost does not grow with the prompt.
 */
export interface RequestFacts {
  operation: Operation;
  model: string;
  stream: boolean;
  /** The cap on output tokens per choice that the request carries, if any. */
  outputCap: number | undefined;
  /** Output tokens of one answer whose length follows from what is asked for: an image, a text that is spoken. */
  impliedOutput: Implied | undefined;
  /** Seconds of the sound that is to be transcribed. */
  audioSeconds: Implied | undefined;
  /** What the request shows in full and some prices count by: characters to be spoken (UTF-16 units), images of a quality and a size. */
  units: Readonly<Record<string, number>>;
  /** How many answers are asked for (`n`, `best_of`). */
  choices: number;
  /** Sum of `string.length` of all that becomes input: messages, system, tool definitions, schemas. */
  textLength: number;
  /** Messages and parts, for the per-message overhead. */
  messages: number;
  /** Inputs whose tokens are not in their text. */
  media: { images: number; audio: number; files: number };
  /** Definitions of tools, and whether any of them is run by the provider (its own loop re-sends the context). */
  tools: number;
  serverTools: boolean;
  /** How often each tool that the provider runs may be used, by the name that it is billed under; undefined: no limit. */
  serverToolUses: Readonly<Record<string, number | undefined>>;
  /** The provider adds input that it keeps itself: a previous response, a conversation, a stored prompt. */
  storedInput: boolean;
  /** The request asks for its input to be cached, which some price above plain input. */
  mayWriteCache: boolean;
  /** It asks for the long-lived cache (1, 12 or 24 hours), which costs more than the short one. */
  longCache: boolean;
  serviceTier: string | undefined;
  speed: string | undefined;
  geo: string | undefined;
  /** OpenAI `background: true`: created now, its usage read by a later retrieve. */
  background: boolean;
  /** The app itself has asked for usage in the stream. */
  asksForUsage: boolean;
  /** For the span: what was set, by the keys of the semantic conventions (`gen_ai.request.temperature`, …). */
  params: Record<string, string | number | boolean | string[]>;
}

/** What a reply said, in full or as far as it got. */
export interface ReplyFacts {
  id: string | undefined;
  model: string | undefined;
  finishReasons: string[];
  /** The usage object as the provider sent it, for `costOf`; undefined when there was none. */
  usage: unknown;
  /** False where `usage` is missing or of the beginning only (a broken stream): output is to be estimated from `outputLength`. */
  usageFinal: boolean;
  /** What stands outside the usage object and decides the price. */
  context: PriceContext;
  /**
   * Characters of output text, tool arguments and visible reasoning, for an estimate where usage is missing. 0 where
   * nothing came, or where a stream was not read for it because its usage is final.
   */
  outputLength: number;
  /** A stream: whether its last event was seen. */
  complete: boolean;
  /** OpenAI background responses: still running, usage comes later. */
  pending: boolean;
}

/** Facts that a price depends on and that are not in the usage object; in the shape of the price vectors' `context`. */
export interface PriceContext {
  api?: string | undefined;
  service_tier?: string | undefined;
  speed?: string | undefined;
  inference_geo?: string | undefined;
  base_url?: string | undefined;
  tool_usage?: unknown;
  [fact: string]: unknown;
}

/** Collects what a stream's events say. Fed with the first and the last ones alone, it knows all but `outputLength`. */
export interface StreamReader {
  /** Feeds one event, its `data` parsed as JSON, in the order of the stream. */
  push(event: unknown): void;
  facts(): ReplyFacts;
}

/** One provider protocol: which routes are calls, and how to read them. Pure: no I/O, no clock, no provider names beyond data. */
export interface Wire {
  readonly id: string;
  /** What is a priced call: the last two segments of a POST path, or the last one, and the operation. */
  readonly routes: ReadonlyMap<string, Operation>;
  /** The operation of a route, or undefined where it is no priced call. A query, and what stands before the tail, are ignored. */
  route(method: string, path: string): Operation | undefined;
  /**
   * Undefined where the body is no request of this wire (the call then passes untouched). For multipart bodies `body` is
   * the form, or the SDK's request options where the form is a stream.
   */
  readRequest(operation: Operation, body: unknown): RequestFacts | undefined;
  /** Every string that becomes input tokens, for an exact count. */
  texts(operation: Operation, body: unknown): Iterable<string>;
  /** A copy of the body with the output cap set or lowered. */
  withOutputCap(operation: Operation, body: unknown, cap: number): unknown;
  /** A copy of the body that asks for usage in the stream, or undefined where it need not or must not be asked. */
  withStreamUsage?(operation: Operation, body: unknown): unknown;
  readReply(operation: Operation, body: unknown): ReplyFacts;
  streamReader(operation: Operation): StreamReader;
  /** True for an event that exists only because `withStreamUsage` asked for it. */
  isUsageOnlyEvent?(event: unknown): boolean;
  /** Texts by which an event that carries usage or a finish reason is known without parsing it, e.g. `"usage"`. */
  readonly marks: readonly string[];
  /** A stream's last event repeats the whole answer, whose length is known from it. Default false. */
  readonly repeatsAnswer?: boolean | undefined;
}

/** Raw usage object → canonical usage. `flags` names what had to be mended. Never throws. */
export type UsageReader = (
  usage: unknown,
  context: PriceContext,
) => { usage: Usage; flags: string[]; present: boolean };
