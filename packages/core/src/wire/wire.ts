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
  /** The request may write to a cache at a price above plain input. */
  mayWriteCache: boolean;
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
  /** What stands outside the usage object and decides the price. */
  context: PriceContext;
  /** Characters of output text, tool arguments and visible reasoning, for an estimate where usage is missing. */
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

/** Collects what a stream's events say. Only events that matter need to be fed: those with usage, and the last ones. */
export interface StreamReader {
  /** Feeds one event, its `data` parsed as JSON. */
  push(event: unknown): void;
  facts(): ReplyFacts;
}

/** One provider protocol: which routes are calls, and how to read them. Pure: no I/O, no clock, no provider names beyond data. */
export interface Wire {
  readonly id: string;
  /** The operation of a route, or undefined where it is no priced call. `path` has no query and no host. */
  route(method: string, path: string): Operation | undefined;
  /** Undefined where the body is no request of this wire (the call then passes untouched). */
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
  /** Bytes by which an event that carries usage is known without parsing it, e.g. `"usage"`. */
  readonly usageMark: string;
}

/** Raw usage object → canonical usage. `flags` names what had to be mended. Never throws. */
export type UsageReader = (
  usage: unknown,
  context: PriceContext,
) => { usage: Usage; flags: string[]; present: boolean };
