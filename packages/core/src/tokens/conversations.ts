import { LruMap } from './lru-map.ts';
import type { RequestSizes } from './request-sizes.ts';

/** How a request tells that it goes on from an earlier one. */
export interface Conversation {
  /** The request's own list of messages: SDK users keep the objects of earlier turns and add to them. */
  messages?: readonly unknown[] | undefined;
  /** The id of the response it continues, where the provider keeps the context (`previous_response_id`). */
  previousId?: string | undefined;
}

/** What a provider reported for a request, kept at its last message. Tokens, and the sizes they were reported for. */
export interface Exchange {
  /** The learned model it was reported by; another model counts otherwise. */
  model: object;
  /** Index of the last message within the request. */
  position: number;
  textLength: number;
  messages: number;
  media: RequestSizes['media'];
  input: number;
  output: number;
  /** Characters of the answer, which the next request brings back as text; 0 where unknown. */
  outputLength: number;
}

/** An answer and the results of its tool calls are usually no more than this. */
const LOOK_BACK = 12;
const MOST_IDS = 1_000;

/**
 * Remembers exchanges: weakly, by the message object that ended the request, so they go when the app lets the
 * conversation go; and the last 1,000 by response id.
 */
export class Conversations {
  readonly #byMessage: WeakMap<object, Exchange> = new WeakMap();
  readonly #byId: LruMap<string, Exchange> = new LruMap(MOST_IDS);

  /**
   * The latest exchange whose messages this request begins with, or undefined. The cost does not depend on the length of
   * the conversation. A history that was cut or reordered before that message does not count as the same.
   */
  findByMessages(messages: readonly unknown[], model: object): Exchange | undefined {
    const first = Math.max(0, messages.length - LOOK_BACK);
    for (let at = messages.length - 1; at >= first; at--) {
      const message = messages[at];
      if (typeof message !== 'object' || message === null) continue;
      const exchange = this.#byMessage.get(message);
      if (exchange !== undefined && exchange.position === at && exchange.model === model) return exchange;
    }
    return undefined;
  }

  /** The exchange that ended with this response id, if it is still known. */
  findById(id: string, model: object): Exchange | undefined {
    const exchange = this.#byId.get(id);
    return exchange?.model === model ? exchange : undefined;
  }

  remember(exchange: Exchange, last: unknown, responseId: string | undefined): void {
    if (typeof last === 'object' && last !== null) this.#byMessage.set(last, exchange);
    if (responseId !== undefined) this.#byId.set(responseId, exchange);
  }
}
