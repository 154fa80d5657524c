import type { BilledUsage } from '../bill/billed-usage.ts';
import type { Mode } from '../bill/price-list.ts';
import type { ReplyPlan } from '../plan.ts';
import type { SseEvent } from '../replies/sse-writer.ts';
import type { Family, JsonObject, SimRequest } from '../sim-request.ts';
import type { BackgroundResponses } from './background-responses.ts';

/** One path of a provider. Everything wire-specific is in here; the server only sends and bills. */
export interface Route {
  readonly name: string;
  readonly family: Family;
  readonly method: 'GET' | 'POST';
  /** Matched against the whole path, without a prefix such as Azure's. */
  readonly path: RegExp;
  /** Without a model in its body such a request is a 400. */
  readonly needsModel?: boolean;
  promptOf?(body: JsonObject): string;
  reply(request: SimRequest, plan: ReplyPlan, context: ReplyContext): Reply;
}

/** What a route may know beside the request. */
export interface ReplyContext {
  /** Epoch ms. */
  readonly now: number;
  readonly background: BackgroundResponses;
  /** The mode that a request is served in, of those that it may ask for. */
  servedMode(this: void, model: string, asked: string | undefined): Mode | undefined;
}

/** What is sent, and what it costs: without `usage` it is free. */
export interface Reply {
  status?: number;
  usage?: BilledUsage;
  mode?: Mode | undefined;
  content: Content;
  /** The reply only says that the work has begun; it goes on, and is billed, after it was sent. */
  continues?: { id: string; whole: JsonObject; partly: JsonObject };
}

/** The body of a reply. */
export type Content =
  | { kind: 'json'; json: unknown }
  | { kind: 'events'; events: SseEvent[] }
  | { kind: 'bytes'; bytes: Buffer; type: string };

/** A reply that costs nothing. */
export function freeReply(json: unknown, status = 200): Reply {
  return { status, content: { kind: 'json', json } };
}
