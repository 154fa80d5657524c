import {
  type Attributes,
  context,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { CallRecord } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import {
  addRestraint,
  attributionAttributes,
  resultAttributes,
  spendAttributes,
  startAttributes,
} from './call-attributes.ts';
import { denialKey } from './denial-attributes.ts';
import type { DenialFilter } from './denial-filter.ts';
import type { Faults } from './faults.ts';
import { scopeContext } from './scope-span.ts';
import type { CallDetails, CallSpan, CallStart } from './telemetry.ts';

/** What a call's span needs from its surroundings. */
export interface SpanHost {
  /** The tracer to use now; undefined where traces go nowhere. */
  tracer(): Tracer | undefined;
  readonly faults: Faults;
  readonly denials: DenialFilter;
  /** One line for the operator. */
  log(line: string): void;
  /** A call has begun; to be called when it is over. */
  opened(call: CallStart): () => void;
  /** A call is over: counts it. True if this process has put it into its own metrics. */
  closed(call: CallStart, record: CallRecord, outcome: { details: CallDetails; failedAttempts: number }): boolean;
}

/**
 * The span of one call. It is started when the call is sent (with the time at which it was opened), so that a denial
 * that is held back never becomes a span at all.
 */
export function openCallSpan(host: SpanHost, call: CallStart): CallSpan {
  return call.foreign === undefined ? new OwnSpan(host, call) : new ForeignSpan(host, call, call.foreign);
}

abstract class CallSpanBase implements CallSpan {
  protected readonly host: SpanHost;
  protected readonly call: CallStart;
  protected readonly parent: Context = scopeContext();
  readonly #leave: (() => void) | undefined;
  #failedAttempts = 0;
  #ended = false;

  constructor(host: SpanHost, call: CallStart) {
    this.host = host;
    this.call = call;
    this.#leave = host.faults.guard('call opened', () => host.opened(call), undefined);
  }

  abstract readonly span: Span | undefined;

  /** The span that what the call does belongs under. */
  protected abstract begin(): Span | undefined;

  /** Writes the end. `suppressed`: like denials held back before this one; undefined: this one is held back. */
  protected abstract finish(result: CallResult, suppressed: number | undefined): void;

  get traceId(): string | undefined {
    return (this.span ?? trace.getSpan(this.parent))?.spanContext().traceId;
  }

  get spanId(): string | undefined {
    return this.span?.spanContext().spanId;
  }

  run<T>(fn: () => T): T {
    const span = this.begin();
    return span === undefined ? fn() : context.with(trace.setSpan(this.parent, span), fn);
  }

  attempt({ number, status, error }: AttemptEnded): void {
    if (error !== undefined || (status !== undefined && status >= 400)) this.#failedAttempts += 1;
    if (number === 1) return;
    const write = (): unknown => this.span?.addEvent('tollgate.attempt', attemptAttributes({ number, status, error }));
    this.host.faults.guard('attempt', write, undefined);
  }

  end(record: CallRecord, details: CallDetails): void {
    if (this.#ended) return;
    this.#ended = true;
    const { faults } = this.host;
    const outcome = { details, failedAttempts: this.#failedAttempts };
    if (this.#leave !== undefined) faults.guard('call closed', this.#leave, undefined);
    const metered = faults.guard('metrics', () => this.host.closed(this.call, record, outcome), false);
    const finish = (): void => {
      const suppressed = details.denial === undefined ? 0 : announce(this.host, details.denial, record.endedAt);
      this.finish({ record, details, metered }, suppressed);
    };
    faults.guard('span end', finish, undefined);
  }
}

class OwnSpan extends CallSpanBase {
  span: Span | undefined;
  #begun = false;

  protected begin(): Span | undefined {
    if (this.#begun) return this.span;
    this.#begun = true;
    const { host, call } = this;
    const start = (): Span | undefined => {
      const options = { kind: SpanKind.CLIENT, startTime: call.startedAt, attributes: startAttributes(call) };
      return host.tracer()?.startSpan(`${call.operation} ${call.requestModel}`, options, this.parent);
    };
    this.span = host.faults.guard('span start', start, undefined);
    return this.span;
  }

  protected finish({ record, details, metered }: CallResult, suppressed: number | undefined): void {
    if (suppressed === undefined && !this.#begun) return;
    const span = this.begin();
    if (span?.isRecording()) {
      span.setAttributes(resultAttributes(record, details, metered));
      if (suppressed !== undefined && suppressed > 0) span.setAttribute(KEY.suppressed, suppressed);
      setFailure(span, details);
    }
    span?.end(record.endedAt);
  }
}

class ForeignSpan extends CallSpanBase {
  readonly span: Span;
  #isOver = false;
  #heldEnd: (() => void) | undefined;

  constructor(host: SpanHost, call: CallStart, span: Span) {
    super(host, call);
    this.span = span;
    const mark = { ...attributionAttributes(call.at), [KEY.callId]: call.id };
    const enrich = (): void => {
      if (!span.isRecording()) return;
      span.setAttributes(mark);
      this.#holdEnd();
    };
    host.faults.guard('foreign span', enrich, undefined);
  }

  protected begin(): Span {
    return this.span;
  }

  /**
   * An emitter may end its span before the reply has been read: with a raw response, or just before a stream is broken off.
   * The span then waits for what the call came to, and ends with the time at which its emitter ended it.
   */
  #holdEnd(): void {
    const { span } = this;
    const end = span.end.bind(span);
    span.end = (time) => {
      if (this.#isOver) return end(time);
      const at = time ?? performance.timeOrigin + performance.now();
      this.#heldEnd ??= () => end(at);
    };
  }

  protected finish({ record, details, metered }: CallResult): void {
    this.#isOver = true;
    if (this.span.isRecording()) {
      if (this.#heldEnd !== undefined) this.#tellTheRest(resultAttributes(record, details, metered));
      this.span.setAttributes(addRestraint(spendAttributes(record, metered), details));
    }
    this.#heldEnd?.();
  }

  /** What the emitter has not said itself, now that it says nothing more. */
  #tellTheRest(all: Attributes): void {
    const { attributes = {} } = this.span as { attributes?: Attributes };
    this.span.setAttributes(Object.fromEntries(Object.entries(all).filter(([key]) => !(key in attributes))));
  }
}

interface CallResult {
  record: CallRecord;
  details: CallDetails;
  metered: boolean;
}

type AttemptEnded = Parameters<CallSpan['attempt']>[0];

function attemptAttributes({ number, status, error }: AttemptEnded): Record<string, string | number> {
  return {
    'http.request.resend_count': number - 1,
    ...(status !== undefined && { 'http.response.status_code': status }),
    ...(error !== undefined && { [KEY.errorType]: error }),
  };
}

function setFailure(span: Span, { denial, error }: CallDetails): void {
  const failure = denial ?? error;
  if (failure === undefined) return;
  const message = failure.message === undefined ? {} : { message: failure.message };
  span.setStatus({ code: SpanStatusCode.ERROR, ...message });
}

/** One line per like denials and 10 s; how many were held back before it, or undefined for one that is held back. */
function announce(host: SpanHost, denial: NonNullable<CallDetails['denial']>, now: number): number | undefined {
  const suppressed = host.denials.pass(denialKey(denial), now);
  if (suppressed !== undefined) {
    host.log(suppressed === 0 ? denial.message : `${denial.message} (and ${suppressed} like it before)`);
  }
  return suppressed;
}
