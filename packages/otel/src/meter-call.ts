import { randomUUID } from 'node:crypto';
import type { Admission, Operation, RequestFacts, Wire } from '@tollgate/core/plugin';
import type { Span } from '@opentelemetry/api';
import { currentAttribution, currentScope } from './attribution.ts';
import type { Address } from './instrument/net/address.ts';
import type { Meter } from './call/meter.ts';
import { OpenCall } from './call/open-call.ts';
import { claimSpan } from './ring2/claim-span.ts';
import { shared } from './shared.ts';

/** A request that an instrumentation is about to send. */
export interface CallRequest {
  readonly wire: Wire;
  readonly operation: Operation;
  readonly facts: RequestFacts;
  readonly body: unknown;
  readonly address: Address | undefined;
  readonly signal: AbortSignal | undefined;
  /** The span that the SDK itself has opened for this request, if it does such a thing. */
  readonly foreign: Span | undefined;
}

/** The provider of an address that nobody has named: calls there run, and are reported as unpriced. */
const UNKNOWN_PROVIDER = 'unknown';

/**
 * The way of a call: attribute, open its span, estimate, reserve (which may say no). The handle that comes back sees it
 * sent, reads the usage, prices, settles, records and closes the span. Throws or rejects with
 * `BudgetExceededError` or `BudgetStoreUnavailableError`, before anything is sent, and with nothing else. Answers at once
 * unless the call has to wait or a store has to be asked.
 */
export function openCall(meter: Meter, request: CallRequest): OpenCall | Promise<OpenCall> {
  const destination = meter.providerAt(request.address);
  const provider = destination?.provider ?? UNKNOWN_PROVIDER;
  const call = new OpenCall(meter, {
    ...request,
    foreign: isNested(request) ? undefined : claimSpan(request.foreign),
    id: randomUUID(),
    at: meter.keep(currentAttribution()),
    provider,
    priced: destination !== undefined,
    baseUrl: destination?.baseUrl,
    mayChange: meter.mode === 'enforce' && isPlain(request.body),
    rollup: currentScope()?.rollup,
    content: meter.content?.(request.wire.id, request.body),
    startedAt: meter.now(),
  });
  const includeUsage = destination?.includeUsage === true;
  const admission = admit(meter, call);
  return admission instanceof Promise
    ? admission.then((late) => admitted(meter, call, late, includeUsage))
    : admitted(meter, call, admission, includeUsage);
}

/** A copy of a body with a class of its own would lose what that class does when it is serialised. */
function isPlain(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const proto: unknown = Object.getPrototypeOf(body);
  return proto === Object.prototype || proto === null;
}

/** A call that is made while another one is being sent, by its `fetch` for one, stands beneath that call's span, and does not share it. */
function isNested({ foreign }: CallRequest): boolean {
  return foreign === undefined && shared.calls.getStore()?.ended === false;
}

/** Undefined where the gate gave no answer: the app has given the call up while it waited, or a fault of ours, which must not stop it. */
function admit(meter: Meter, call: OpenCall): Admission | undefined | Promise<Admission | undefined> {
  const failed = (fault: unknown): undefined => {
    if (call.request.signal?.aborted !== true) meter.report('the gate', fault);
    return undefined;
  };
  try {
    const admission = meter.gate.admit(call.request, call.request.signal);
    return admission instanceof Promise ? admission.catch(failed) : admission;
  } catch (fault) {
    return failed(fault);
  }
}

function admitted(meter: Meter, call: OpenCall, admission: Admission | undefined, includeUsage: boolean): OpenCall {
  if (admission?.ok === false) throw call.deny(admission);
  call.admit(admission?.hold);
  if (call.request.mayChange) call.prepareBody(includeUsage);
  return call;
}
