import { createSseTap } from '@tollgate/core/plugin';
import { diag } from '@opentelemetry/api';
import type { OpenCall } from '../../call/open-call.ts';
import { hideNullUsage } from './hide-null-usage.ts';
import { isTapped, tapResponse, type ResponseObserver } from './tap-response.ts';

/** JSON bodies that are read piece by piece are collected up to here; beyond it their usage is estimated. */
const MAX_COLLECTED_BYTES = 16 * 1024 * 1024;

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
  if (facts.stream) return content?.stream(streamObserver(call)) ?? streamObserver(call);
  const { headers } = response as { headers?: { get?(name: string): string | null } };
  return new JsonObserver(call, headers?.get?.('content-type')?.includes('json') !== false);
}

function streamObserver(call: OpenCall): ResponseObserver {
  const tap = createSseTap({
    wire: call.request.wire,
    operation: call.request.operation,
    hideUsageOnly: call.usageWasAsked,
    choices: call.request.facts.choices,
  });
  let begun = false;
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
      if (!begun) {
        begun = true;
        call.firstChunk();
      }
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
    json: () => stop(undefined),
    cancelled: () => stop(undefined),
    failed: stop,
  };
}

/** Sees a reply that comes in one piece to the app. */
class JsonObserver implements ResponseObserver {
  readonly #call: OpenCall;
  readonly #isJson: boolean;
  #collected: Uint8Array[] | undefined;
  #size = 0;

  /** `isJson`: else it is audio, or a text in a format of its own, and has no usage in it. */
  constructor(call: OpenCall, isJson: boolean) {
    this.#call = call;
    this.#isJson = isJson;
  }

  json(body: unknown): void {
    const { wire, operation, content } = this.#call.request;
    content?.reply(body);
    this.#call.finish(wire.readReply(operation, body));
  }

  /** An SDK that reads the reply parses it too: what it makes of it is taken, so that a long reply is parsed once. */
  whole(body: string | Uint8Array): undefined {
    const isTaken = this.#call.whenRead((result) => {
      if (this.#isJson && typeof result === 'object' && result !== null) this.json(result);
      else this.#parsed(body);
    });
    if (!isTaken) this.#parsed(body);
  }

  chunk(bytes: Uint8Array): Uint8Array {
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
    const json = this.#isJson ? parseJson(body) : undefined;
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

/** The app's reply must not suffer from what goes wrong in here. */
class GuardedObserver implements ResponseObserver {
  readonly #observer: ResponseObserver;

  constructor(observer: ResponseObserver) {
    this.#observer = observer;
  }

  chunk(bytes: Uint8Array): Uint8Array | undefined {
    // Without a closure: a stream has hundreds of these.
    try {
      return this.#observer.chunk(bytes);
    } catch (error) {
      diag.error(FAULT, error);
      return bytes;
    }
  }

  end(): Uint8Array | undefined {
    return safely(() => this.#observer.end());
  }

  whole(body: string | Uint8Array): Uint8Array | undefined {
    return safely(() => this.#observer.whole(body));
  }

  json(body: unknown): void {
    safely(() => this.#observer.json(body));
  }

  cancelled(): void {
    safely(() => this.#observer.cancelled());
  }

  failed(error: unknown): void {
    safely(() => this.#observer.failed(error));
  }
}

const FAULT = 'tollgate: reading a reply failed';

function safely<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    diag.error(FAULT, error);
    return undefined;
  }
}
