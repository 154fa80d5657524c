import { retrievedResponse, wireFor, type Operation, type Wire } from '@tollgate/core/plugin';
import type { Span } from '@opentelemetry/api';
import { withoutOurBaggage } from '../../attribution/baggage.ts';
import { openCall, type CallRequest } from '../../meter-call.ts';
import type { OpenCall } from '../../call/open-call.ts';
import { pendingCall } from '../../call/pending-calls.ts';
import { notice } from '../../notice.ts';
import { shared } from '../../shared.ts';
import { createStamp } from '../stamp.ts';
import { addressOf } from '../net/address.ts';
import { observeReply } from '../net/observe-reply.ts';
import { bodySaid, bodyToSend } from '../net/text-body.ts';
import { unreadRequests } from '../net/unread-requests.ts';

/** `makeRequest(options, retriesRemaining, retryOf, span)`: one logical request; calls itself again for each retry. */
export type MakeRequest = (this: object, options: unknown, ...rest: unknown[]) => Promise<unknown>;
/** `fetchWithTimeout(url, init, ms, controller, …)`: one HTTP request. */
export type FetchWithTimeout = (this: object, ...args: unknown[]) => Promise<unknown>;

/** `parseResponseWithTimeout(client, props)`: reads a reply, and sends its request anew when its body stalls. */
export type ParseResponse = (this: object, ...args: unknown[]) => Promise<unknown>;

/** What we read of a request's options; the SDKs' own types carry much more. */
interface RequestOptions {
  method?: string;
  path?: string;
  body?: unknown;
  signal?: AbortSignal | null;
}
interface Route {
  wire: Wire;
  operation: Operation;
}

/** The call of the options that we have passed on: an SDK hands the same object back when it tries again. */
const openCalls = createStamp<OpenCall>();

const noteUnread = unreadRequests(notice);

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** The call of which this request is another attempt. `retryOf` alone decides where the SDK has copied the options. */
function callRetriedBy(options: unknown, retryOf: unknown): OpenCall | undefined {
  const known = typeof options === 'object' && options !== null ? openCalls.get(options) : undefined;
  const call = known ?? (retryOf === undefined ? undefined : shared.calls.getStore());
  return call?.ended === false ? call : undefined;
}

/** Stands in for `makeRequest`: opens the call (which may refuse it), sends it, and reads the reply as it passes. */
export async function meteredRequest(
  client: object,
  original: MakeRequest,
  given: unknown,
  rest: unknown[],
): Promise<unknown> {
  const send = (options: unknown): Promise<unknown> => original.call(client, options, ...rest);
  const meter = shared.meter;
  if (meter === undefined) return send(given);
  const retried = callRetriedBy(given, rest[1]);
  if (retried !== undefined) {
    await retried.admitAgain();
    return follow(retried, () => send(given));
  }
  const options = (isThenable(given) ? await given : given) as RequestOptions;
  const route = wireFor(options.method ?? 'get', options.path ?? '');
  const said = route === undefined ? undefined : bodySaid(options.body);
  const facts = route?.wire.readRequest(route.operation, formOf(options, said));
  // Any other request passes untouched, and is no attempt of a call that is being sent around it.
  if (route === undefined || facts === undefined) {
    noteUnread(options, route?.wire);
    return retrieve(options, () => shared.calls.exit(() => withoutOurBaggage(() => send(options))));
  }
  const opened = openCall(meter, describe(client, options, { ...route, facts, body: said }, rest[2]));
  const call = opened instanceof Promise ? await opened : opened;
  const sent = { ...options, body: bodyToSend(options.body, said, call.body) };
  openCalls.set(sent, call);
  return follow(call, () => send(sent));
}

/** What a wire reads: the body, or the options where the body is a form that is already being written. */
function formOf(options: RequestOptions, body: unknown): unknown {
  const kind = Object.prototype.toString.call(body);
  return Symbol.asyncIterator in Object(body) || kind === '[object MultipartBody]' ? options : body;
}

/** A request that may bring the usage of a background response whose call is still open. */
async function retrieve(options: RequestOptions, send: () => Promise<unknown>): Promise<unknown> {
  const id = retrievedResponse(options.method ?? 'get', options.path ?? '');
  const call = id === undefined ? undefined : pendingCall(id);
  const result = await send();
  if (call !== undefined) observeResult(call, result);
  return result;
}

function describe(
  client: object,
  options: RequestOptions,
  known: Route & Pick<CallRequest, 'facts' | 'body'>,
  span: unknown,
): CallRequest {
  return {
    ...known,
    address: addressOf((client as { baseURL?: unknown }).baseURL, options.path),
    signal: options.signal ?? undefined,
    foreign: isSpan(span) ? span : undefined,
  };
}

function isSpan(value: unknown): value is Span {
  return typeof (value as Span | undefined)?.spanContext === 'function';
}

/** Sends, and sees the reply or the failure. The call ends when the reply's body has been read, not when it has begun. */
async function follow(call: OpenCall, send: () => Promise<unknown>): Promise<unknown> {
  try {
    const result = await shared.calls.run(call, () => call.run(send));
    observeResult(call, result);
    return result;
  } catch (error) {
    call.fail(error);
    throw error;
  }
}

function observeResult(call: OpenCall, result: unknown): void {
  const response = (result as { response?: unknown } | undefined)?.response;
  if (typeof response === 'object' && response !== null) observeReply(call, response);
}

/** Stands in for the method that reads a reply, where the SDK has one that tries again when a body stalls (openai 7). */
export function observedReading(client: object, original: ParseResponse, args: unknown[]): Promise<unknown> {
  const { options } = (args[1] ?? {}) as { options?: object };
  const call = options === undefined ? undefined : openCalls.get(options);
  const read = (): Promise<unknown> => original.apply(client, args);
  return call === undefined ? read() : call.reading(read);
}

/** Stands in for `fetchWithTimeout`: notes each HTTP request of the call that is being sent, and alters nothing. */
export async function observedFetch(client: object, original: FetchWithTimeout, args: unknown[]): Promise<unknown> {
  const call = shared.calls.getStore();
  if (call === undefined) return original.apply(client, args);
  const attempt = call.attempt();
  try {
    const response = await original.apply(client, args);
    attempt.answered((response as { status?: number }).status);
    return response;
  } catch (error) {
    attempt.failed(error);
    throw error;
  }
}
