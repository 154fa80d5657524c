import { createSseTap } from '@tollgate/core/plugin';
import { diag } from '@opentelemetry/api';
import type { OpenCall } from '../../call/open-call.ts';
import type { OpenReply } from '../../call/open-reply.ts';
import { GuardedObserver } from './guarded-observer.ts';
import { hideNullUsage } from './hide-null-usage.ts';
import { ReadingMark } from './reading-mark.ts';
import { isTapped, tapResponse, type ResponseObserver } from './tap-response.ts';
import { MAX_COLLECTED_BYTES, readIfUnread, wasRead, type UnreadReply } from './unread-replies.ts';

/** A server that says in every event that it does not tell its usage yet says so in one of its first pieces. */
const MAX_LOOKS = 8;

/** Reads usage from a reply while the app reads it. Once per response; a fault of ours leaves the reply as it is. */
export function observeReply(call: OpenCall, response: object): void {
  if (isTapped(response)) return;
  try {
    tapResponse(response, new GuardedObserver(observerOf(call, response)));
  } catch (error) {
    diag.error('tollgate: a reply could not be observed; its usage is estimated', error);
    call.abort(undefined);
  }
}

function observerOf(call: OpenCall, response: object): ResponseObserver {
  const { facts, content } = call.request;
  if (facts.stream) {
    const observer = streamObserver(call);
    call.replied(observer);
    return content?.stream(observer) ?? observer;
  }
  const { headers } = response as { headers?: { get?(name: string): string | null } };
  const observer = new JsonObserver(call, headers?.get?.('content-type')?.includes('json') !== false);
  call.replied(observer);
  readIfUnread(response, observer);
  return observer;
}

function streamObserver(call: OpenCall): ResponseObserver & OpenReply {
  const tap = createSseTap({
    wire: call.request.wire,
    operation: call.request.operation,
    hideUsageOnly: call.usageWasAsked,
    choices: call.request.facts.choices,
  });
  const mark = new ReadingMark();
  let looks = call.usageWasAsked ? MAX_LOOKS : 0;
  const shown = (events: Uint8Array | undefined): Uint8Array | undefined => {
    if (events === undefined || looks === 0) return events;
    looks = hideNullUsage(events) ? Infinity : looks - 1;
    return events;
  };
  const stop = (error: unknown): void => {
    const facts = tap.close();
    if (facts.complete) call.finish(facts);
    else call.abort(facts, error);
  };
  return {
    chunk(bytes) {
      if (mark.piece()) call.firstChunk();
      return shown(tap.push(bytes));
    },
    end() {
      const held = tap.flush();
      stop(undefined);
      return shown(held);
    },
    whole(body) {
      const events = [tap.push(typeof body === 'string' ? Buffer.from(body) : body), tap.flush()];
      stop(undefined);
      if (!call.usageWasAsked) return undefined;
      return shown(Buffer.concat(events.filter((piece) => piece !== undefined)));
    },
    reading: () => mark.whole(),
    isRead: () => mark.isRead(),
    json: () => stop(undefined),
    cancelled: () => stop(undefined),
    failed: stop,
  };
}

/** Sees a reply that comes in one piece to the app. */
class JsonObserver implements ResponseObserver, OpenReply, UnreadReply {
  readonly #call: OpenCall;
  readonly isJson: boolean;
  readonly #mark = new ReadingMark();
  #collected: Uint8Array[] | undefined;
  #size = 0;

  /** `isJson`: else it is audio, or a text in a format of its own, and has no usage in it. */
  constructor(call: OpenCall, isJson: boolean) {
    this.#call = call;
    this.isJson = isJson;
  }

  reading(): void {
    this.#mark.whole();
    wasRead(this);
  }

  isRead(): boolean {
    return this.#mark.isRead();
  }

  json(body: unknown): void {
    // It may have been read on a copy before the app got to it.
    if (this.#call.ended) return;
    const { wire, operation, content } = this.#call.request;
    content?.reply(body);
    this.#call.finish(wire.readReply(operation, body));
  }

  /** An SDK that reads the reply parses it too: what it makes of it is taken, so that a long reply is parsed once. */
  whole(body: string | Uint8Array): undefined {
    const isTaken = this.#call.whenRead((result) => {
      if (this.isJson && typeof result === 'object' && result !== null) this.json(result);
      else this.#parsed(body);
    });
    if (!isTaken) this.#parsed(body);
  }

  chunk(bytes: Uint8Array): Uint8Array {
    if (this.#mark.piece()) wasRead(this);
    this.#size += bytes.length;
    if (this.#size <= MAX_COLLECTED_BYTES) (this.#collected ??= []).push(bytes);
    return bytes;
  }

  end(): undefined {
    if (this.#size <= MAX_COLLECTED_BYTES) this.#parsed(Buffer.concat(this.#collected ?? []));
    else this.json(undefined);
  }

  cancelled(): void {
    this.#call.abort(undefined);
  }

  failed(error: unknown): void {
    this.#call.abort(undefined, error);
  }

  #parsed(body: string | Uint8Array): void {
    const json = this.isJson ? parseJson(body) : undefined;
    // The app can't read it either: to it the reply has broken off.
    if (json instanceof SyntaxError) this.#call.abort(undefined, json);
    else this.json(json);
  }
}

function parseJson(body: string | Uint8Array): unknown {
  try {
    return JSON.parse(
      typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString(),
    );
  } catch (error) {
    return error;
  }
}
