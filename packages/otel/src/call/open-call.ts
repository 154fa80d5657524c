import type { CallRecord, Outcome } from '@tollgate/core';
import type { Admission, GateCall, Hold, ReplyFacts, Settlement } from '@tollgate/core/plugin';
import { BudgetExceededError, BudgetStoreUnavailableError } from '@tollgate/core';
import { Attempt } from './attempt.ts';
import type { CallContent } from '../content/call-content.ts';
import { withoutOurBaggage } from '../attribution/baggage.ts';
import type { Rollup } from '../book/rollup.ts';
import type { CallRequest } from '../meter-call.ts';
import type { Meter } from './meter.ts';
import type { OpenReply } from './open-reply.ts';
import { keepPending } from './pending-calls.ts';
import type { CallDetails, CallSpan } from '../telemetry/telemetry.ts';

/** Everything that is known of a call when it opens, captured then: a stream may be read in another scope. */
export interface CallFacts extends CallRequest, GateCall {
  readonly id: string;
  readonly rollup: Rollup | undefined;
  /** What is said, where content is captured. */
  readonly content: CallContent | undefined;
}

type Refused = Extract<Admission, { ok: false }>;

/** One logical call from its opening to its end: what an instrumentation tells of it. Every method is safe to call twice. */
export class OpenCall {
  readonly request: CallFacts;
  /** What to send: the app's own body, unless a stream's usage is asked for or its cap was lowered. */
  body: unknown;
  /** The stream carries an event that the app did not ask for and must not see. */
  usageWasAsked = false;
  readonly #meter: Meter;
  readonly #span: CallSpan;
  readonly #attempts: Attempt[] = [];
  #hold: Hold | undefined;
  /** What the app is to read; undefined while it is the provider's turn, or the SDK's. */
  #reply: OpenReply | undefined;
  /** When it came, or when the last piece of it was read, epoch ms. */
  #readAt = 0;
  #firstChunkAt: number | undefined;
  #ended = false;
  /** The SDK reads the reply, and may send the request anew. */
  #isReading = false;
  /** What is told of the reply once the SDK has read it. */
  #onRead: ((result: unknown) => void) | undefined;
  /** What ends the call, should the SDK not send it anew. */
  #broken: (() => void) | undefined;

  constructor(meter: Meter, request: CallFacts) {
    this.#meter = meter;
    this.request = request;
    this.body = request.body;
    const { id, operation, provider, facts, at, address, startedAt, foreign, content } = request;
    this.#span = meter.telemetry.open({
      id,
      operation,
      provider,
      requestModel: facts.model,
      at,
      params: facts.params,
      server: address === undefined ? undefined : { address: address.hostname, port: address.port },
      startedAt,
      foreign,
      content,
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The call may go; `hold` is what is put aside for it. */
  admit(hold: Hold | undefined): void {
    this.#hold = hold;
    this.#meter.open.add(this);
    const host = this.#unnamedHost;
    if (host !== undefined) this.#meter.noteUnnamed(host);
  }

  /** Changes a copy of the body where the answer needs it: the cap that fits the budget, and usage in a stream. */
  prepareBody(includeUsage: boolean): void {
    const { wire, operation, facts } = this.request;
    const cap = this.#hold?.outputCap;
    if (cap !== undefined) this.body = wire.withOutputCap(operation, this.body, cap);
    if (!includeUsage || !facts.stream || facts.asksForUsage) return;
    const asking = wire.withStreamUsage?.(operation, this.body);
    if (asking === undefined) return;
    this.body = asking;
    this.usageWasAsked = true;
  }

  /** Runs what sends the request, with the call's span active and nothing of ours in its baggage. */
  run<T>(send: () => T): T {
    return this.#span.run(() => withoutOurBaggage(send));
  }

  /** An HTTP request of the call begins. */
  attempt(): Attempt {
    const attempt = new Attempt(this.#attempts.length + 1, (ended, error) =>
      this.#span.attempt({
        number: ended.number,
        status: ended.end.state === 'answered' ? ended.end.status : undefined,
        error: error === undefined ? undefined : errorType(error),
      }),
    );
    this.#attempts.push(attempt);
    return attempt;
  }

  /** Runs what reads the reply, and sends the request anew where that breaks off: the call is over when it is, not before. */
  async reading<T>(read: () => Promise<T>): Promise<T> {
    this.#isReading = true;
    let result: T | undefined;
    try {
      result = await read();
      return result;
    } finally {
      this.#isReading = false;
      this.#onRead?.(result);
      this.#onRead = undefined;
      this.#broken?.();
    }
  }

  /** Tells `take` what an SDK that is reading the reply makes of it, or undefined where it fails. False: none is reading. */
  whenRead(take: (result: unknown) => void): boolean {
    if (this.#isReading) this.#onRead = take;
    return this.#isReading;
  }

  /**
   * Asks the budgets again before another attempt; rejects with their no, or with the reason why the app gave the call up
   * while it waited. What an attempt of unknown outcome may have cost is held on to.
   */
  async admitAgain(): Promise<void> {
    if (this.#broken !== undefined) this.#attempts.at(-1)?.lost();
    this.#broken = undefined;
    this.#onRead = undefined;
    this.#reply = undefined;
    if (this.#hold === undefined) return;
    const lost = this.#attempts.at(-1)?.end.state === 'unknown';
    const admission = await this.#meter.gate.admitAgain(this.#hold, lost, this.request.signal);
    if (!admission.ok) throw this.deny(admission);
  }

  /** A reply has come that the app, or its SDK, is to read. */
  replied(reply: OpenReply): void {
    this.#reply = reply;
    this.#readAt = this.#meter.now();
  }

  /** For how long a reply has been lying there that nobody reads, in ms: since it came, or since the last piece was read. */
  unreadFor(now: number): number {
    if (this.#reply === undefined) return 0;
    if (this.#reply.isRead()) this.#readAt = now;
    return now - this.#readAt;
  }

  /** A request of the call is with the provider, or has been answered: something may be billed for it. */
  get isSent(): boolean {
    return this.#attempts.some(({ end }) => end.state !== 'not-sent' && (end.state !== 'answered' || end.status < 300));
  }

  /** Ends the call now, whoever is still reading, by what its reply has said so far. */
  giveUp(): void {
    this.#isReading = false;
    this.#reply?.cancelled();
    this.abort(undefined);
  }

  /** The first piece of a streamed reply has come. */
  firstChunk(): void {
    this.#firstChunkAt ??= this.#meter.now();
  }

  /** The reply was read to its end. That of a background response says nothing yet: a later retrieve does. */
  finish(reply: ReplyFacts): void {
    if (reply.pending && reply.id !== undefined && !this.#ended) {
      this.#reply = undefined;
      keepPending(reply.id, this);
    } else this.#end('ok', reply, undefined);
  }

  /** The reply was not read to its end: it is charged with what is known of it, and an estimate of the rest. */
  abort(reply: ReplyFacts | undefined, error?: unknown): void {
    const end = (): void => this.#end('aborted', reply, error);
    if (this.#isReading) this.#broken = end;
    else end();
  }

  /** There is no reply: the request has failed, or the app has given it up. */
  fail(error: unknown): void {
    this.#end(this.request.signal?.aborted === true ? 'aborted' : 'error', undefined, error);
  }

  /** Ends the call with the budgets' no, and gives the error to throw. */
  deny(refused: Refused): BudgetExceededError | BudgetStoreUnavailableError {
    const told = { ...refused, unnamedHost: this.#unnamedHost };
    const error =
      refused.reason === 'store-away'
        ? new BudgetStoreUnavailableError(refused.standing.budget, refused.standing.store)
        : new BudgetExceededError(told);
    this.#end('denied', undefined, error, refused);
    return error;
  }

  /** Where the call goes, if nobody has named who answers there. */
  get #unnamedHost(): string | undefined {
    return this.request.priced ? undefined : this.request.address?.host;
  }

  #end(outcome: Outcome, reply: ReplyFacts | undefined, error: unknown, refused?: Refused): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#reply = undefined;
    this.#meter.open.delete(this);
    const { startedAt } = this.request;
    const settlement = this.#meter.gate.settle(this.request, this.#hold, {
      reply,
      billed:
        outcome !== 'denied' &&
        this.#attempts.some((attempt) => attempt.end.state === 'answered' && attempt.end.status < 300),
      unknownAttempts: this.#attempts.filter(
        (attempt) => attempt.end.state === 'unknown' || attempt.end.state === 'open',
      ).length,
      ranMs: this.#meter.now() - startedAt,
    });
    const record = this.#recordOf(outcome, reply, settlement, refused);
    const details = this.#detailsOf(reply, error, refused);
    this.request.rollup?.add(record);
    this.#meter.record(record);
    this.#span.end(record, details);
  }

  #recordOf(
    outcome: Outcome,
    reply: ReplyFacts | undefined,
    settlement: Settlement,
    refused: Refused | undefined,
  ): CallRecord {
    const { id, at, provider, facts, operation, startedAt } = this.request;
    return {
      id,
      startedAt,
      endedAt: this.#meter.now(),
      at,
      provider,
      requestModel: facts.model,
      responseModel: reply?.model,
      operation,
      outcome,
      attempts: this.#attempts.length,
      usage: settlement.cost.usage,
      cost: settlement.cost,
      assumedNanoUsd: settlement.assumedNanoUsd,
      refusal: refused?.reason,
      traceId: this.#span.traceId,
      spanId: this.#span.spanId,
    };
  }

  #detailsOf(reply: ReplyFacts | undefined, error: unknown, refused: Refused | undefined): CallDetails {
    const { startedAt } = this.request;
    return {
      responseId: reply?.id,
      finishReasons: reply?.finishReasons ?? [],
      timeToFirstChunk: this.#firstChunkAt === undefined ? undefined : (this.#firstChunkAt - startedAt) / 1000,
      serviceTier: reply?.context.service_tier,
      outputCap: this.#hold?.outputCap,
      error: error === undefined ? undefined : { type: errorType(error), message: undefined },
      denial:
        refused === undefined
          ? undefined
          : {
              reason: refused.reason,
              standing: refused.standing,
              message: error instanceof Error ? error.message : '',
            },
    };
  }
}

/** A low-cardinality name for an error: the provider's status, else its class. Messages may carry what the app said. */
function errorType(error: unknown): string {
  const { status, name, code } = error as { status?: unknown; name?: unknown; code?: unknown };
  if (typeof status === 'number') return String(status);
  if (typeof code === 'string') return code;
  return typeof name === 'string' && name !== '' ? name : '_OTHER';
}
