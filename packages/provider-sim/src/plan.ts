import type { BilledUsage } from './bill/billed-usage.ts';
import type { SimRequest } from './sim-request.ts';

/**
 * What goes wrong. `afterEvents` counts the events of a stream that are still sent (default 1); a reply that is no stream breaks
 * after half of its body instead.
 */
export type Fault =
  /** An error reply. Not billed. */
  | { kind: 'status'; status: 400 | 401 | 403 | 404 | 429 | 500 | 503 | 529; retryAfterMs?: number | undefined }
  /** No headers ever come. Billed for its input, unless `accepted` is false. */
  | { kind: 'stall'; accepted?: boolean | undefined }
  /** The connection is reset instead of a reply. Not billed, unless `accepted` is true: then for its input. */
  | { kind: 'reset'; accepted?: boolean | undefined }
  /** The headers come late; then all is well. */
  | { kind: 'slow-headers'; delayMs: number }
  /** A reply with a good status and nothing in it. Billed for its input. */
  | { kind: 'empty-body' }
  /** The reply ends at its cap: `length`, `response.incomplete`, `max_tokens`. */
  | { kind: 'incomplete' }
  /** The connection is reset once headers were sent. */
  | { kind: 'reset-after-headers' }
  /** The stream goes quiet, and stays open. */
  | { kind: 'stall-midstream'; afterEvents?: number | undefined }
  /** The stream ends in order, but before its terminal event. */
  | { kind: 'cut'; afterEvents?: number | undefined }
  /** An event whose JSON is broken, amid good ones. */
  | { kind: 'malformed'; afterEvents?: number | undefined }
  /** The wire's own error event, which ends the stream. A reply that is no stream becomes a 500. */
  | { kind: 'error-event'; afterEvents?: number | undefined };

/** A call of one of the app's tools. */
export interface PlannedToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

/** What a reply is to be. Whatever is left out is made up from the prompt, the same each time. */
export interface ReplyPlan {
  text?: string | undefined;
  toolCalls?: PlannedToolCall[] | undefined;
  /** Classes that are left out are counted from the prompt and the reply. Output is still held to the request's cap. */
  usage?: Partial<BilledUsage> | undefined;
  /** How long each event takes, in ms; a reply that is no stream takes as long as its events would. Default 0: as fast as it goes. */
  paceMs?: number | undefined;
  /** The model that the reply names, and that is billed. Default: as requested. */
  model?: string | undefined;
  /** Whether a message stream tells its caches only at its end, as some gateways do. Default false. */
  lateCaches?: boolean | undefined;
  /** Whether a chat stream tells its usage. Default `asked`: as `stream_options.include_usage` says. */
  streamUsage?: 'asked' | 'always' | 'never' | undefined;
  fault?: Fault | undefined;
}

/** Decides what a reply is: a pure function of the request. Undefined leaves it to the default. */
export type Script = (request: SimRequest) => ReplyPlan | undefined;

/** A script that gives the requests of each key these plans, one after the other, and the default once they are used up. */
export function inOrder(plans: readonly (ReplyPlan | undefined)[]): Script {
  return (request) => plans[request.attempt];
}
