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
import { accountKey, denialKey } from './denial-attributes.ts';
import type { DenialFilter } from './denial-filter.ts';
import type { Faults } from './faults.ts';
import { scopeContext } from './scope-span.ts';
import type { CallDetails, CallSpan, CallStart, SpanContent } from './telemetry.ts';

/** What a call's span needs from its surroundings. */
export interface SpanHost {
  /** The tracer to use now; undefined where traces go nowhere. */
  tracer(): Tracer | undefined;
  readonly faults: Faults;
  /** Which denials become spans. */
  readonly denials: DenialFilter;
  /** Which of them become lines. */
  readonly denialLines: DenialFilter;
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
  #asked: Attributes | undefined;

  constructor(host: SpanHost, call: CallStart) {
    this.host = host;
    this.call = call;
    this.#leave = host.faults.guard('call opened', () => host.opened(call), undefined);
  }

  abstract readonly span: Span | undefined;

  /** The span that what the call does belongs under. */
  protected abstract begin(): Span | undefined;

  /** Whether there is a span already: then it is sent, also if the call is refused. */
  protected abstract readonly isBegun: boolean;

  /** Writes the end. `suppressed`: like denials that are held back for good. */
  protected abstract finish(result: CallResult, suppressed: number): void;

  get traceId(): string | undefined {
    return (this.span ?? trace.getSpan(this.parent))?.spanContext().traceId;
  }

  get spanId(): string | undefined {
    return this.span?.spanContext().spanId;
  }

  run<T>(fn: () => T): T {
    const span = this.begin();
    this.#readContent(span);
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
    const write = (suppressed: number): void =>
      faults.guard('span end', () => this.finish({ record, details, metered }, suppressed), undefined);
    if (details.denial === undefined) return write(0);
    announce(this.host, details.denial, record.endedAt);
    if (this.isBegun) return write(0);
    const suppressed = this.host.denials.pass(denialKey(details.denial, record), record.endedAt, write);
    if (suppressed !== undefined) write(suppressed);
    // Until a denial that is held back is told of, the app may have changed its messages.
    else this.call.content?.drop();
  }

  /** What was said, as far as it is captured: of a refused call what was asked. */
  protected said(content: SpanContent, { outcome }: CallRecord): Attributes {
    this.#readContent(this.span);
    const answered = outcome === 'denied' ? {} : this.host.faults.guard('content', () => content.output(), {});
    return { ...this.#asked, ...answered };
  }

  /** What is asked is read when it is sent: apps go on with the same list of messages. */
  #readContent(span: Span | undefined): void {
    const { content } = this.call;
    if (content === undefined || this.#asked !== undefined || span?.isRecording() !== true) return;
    this.#asked = this.host.faults.guard('content', () => content.input(), {});
  }
}

class OwnSpan extends CallSpanBase {
  span: Span | undefined;
  protected isBegun = false;

  protected begin(): Span | undefined {
    if (this.isBegun) return this.span;
    this.isBegun = true;
    const { host, call } = this;
    const start = (): Span | undefined => {
      const options = { kind: SpanKind.CLIENT, startTime: call.startedAt, attributes: startAttributes(call) };
      return host.tracer()?.startSpan(`${call.operation} ${call.requestModel}`, options, this.parent);
    };
    this.span = host.faults.guard('span start', start, undefined);
    return this.span;
  }

  protected finish({ record, details, metered }: CallResult, suppressed: number): void {
    const span = this.begin();
    if (span?.isRecording()) {
      span.setAttributes(resultAttributes(record, details, metered));
      if (this.call.content !== undefined) span.setAttributes(this.said(this.call.content, record));
      if (suppressed > 0) span.setAttribute(KEY.suppressed, suppressed);
      setFailure(span, details);
    }
    span?.end(record.endedAt);
  }
}

class ForeignSpan extends CallSpanBase {
  readonly span: Span;
  protected readonly isBegun = true;
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
      if (this.call.content !== undefined) this.#tellTheRest(this.said(this.call.content, record));
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

/** One line per like denials and 10 s. */
function announce(host: SpanHost, denial: NonNullable<CallDetails['denial']>, now: number): void {
  const earlier = host.denialLines.pass(accountKey(denial), now);
  if (earlier === undefined) return;
  host.log(earlier === 0 ? denial.message : `${denial.message} (and ${earlier} like it before)`);
}
