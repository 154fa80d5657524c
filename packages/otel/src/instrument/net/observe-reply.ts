import { createSseTap } from '@tollgate/core/plugin';
import { diag } from '@opentelemetry/api';
import type { OpenCall } from '../../call/open-call.ts';
import { hideNullUsage } from './hide-null-usage.ts';
import { tapResponse, type ResponseObserver } from './tap-response.ts';

/** JSON bodies that are read piece by piece are collected up to here; beyond it their usage is estimated. */
const MAX_COLLECTED_BYTES = 16 * 1024 * 1024;

/** A server that says in every event that it does not tell its usage yet says so in one of its first pieces. */
const MAX_LOOKS = 8;

const observed = new WeakSet<object>();

/** Reads usage from a reply while the app reads it. Once per response; a fault of ours leaves the reply as it is. */
export function observeReply(call: OpenCall, response: object): void {
  if (observed.has(response)) return;
  observed.add(response);
  try {
    tapResponse(response, guarded(observerOf(call, response)));
  } catch (error) {
    diag.error('tollgate: a reply could not be observed; its usage is estimated', error);
    call.abort(undefined);
  }
}

function observerOf(call: OpenCall, response: object): ResponseObserver {
  if (call.request.facts.stream) return streamObserver(call);
  const { headers } = response as { headers?: { get?(name: string): string | null } };
  return jsonObserver(call, headers?.get?.('content-type')?.includes('json') !== false);
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

/** `isJson`: else it is audio, or a text in a format of its own, and has no usage in it. */
function jsonObserver(call: OpenCall, isJson: boolean): ResponseObserver {
  const collected: Uint8Array[] = [];
  let size = 0;
  const finish = (body: unknown): void => call.finish(call.request.wire.readReply(call.request.operation, body));
  const whole = (body: string | Uint8Array): undefined => {
    const json = isJson ? parseJson(body) : undefined;
    // The app can't read it either: to it the reply has broken off.
    if (json instanceof SyntaxError) call.abort(undefined, json);
    else finish(json);
  };
  return {
    json: finish,
    whole,
    chunk(bytes) {
      size += bytes.length;
      if (size <= MAX_COLLECTED_BYTES) collected.push(bytes);
      return bytes;
    },
    end() {
      if (size <= MAX_COLLECTED_BYTES) whole(Buffer.concat(collected));
      else finish(undefined);
      return undefined;
    },
    cancelled: () => call.abort(undefined),
    failed: (error) => call.abort(undefined, error),
  };
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
function guarded(observer: ResponseObserver): ResponseObserver {
  const safely = <T>(step: () => T, otherwise: T): T => {
    try {
      return step();
    } catch (error) {
      diag.error('tollgate: reading a reply failed', error);
      return otherwise;
    }
  };
  return {
    // Without a closure: a stream has hundreds of these.
    chunk(bytes) {
      try {
        return observer.chunk(bytes);
      } catch (error) {
        diag.error('tollgate: reading a reply failed', error);
        return bytes;
      }
    },
    end: () => safely(() => observer.end(), undefined),
    whole: (body) => safely(() => observer.whole(body), undefined),
    json: (body) => safely(() => observer.json(body), undefined),
    cancelled: () => safely(() => observer.cancelled(), undefined),
    failed: (error) => safely(() => observer.failed(error), undefined),
  };
}
