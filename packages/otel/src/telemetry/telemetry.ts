import type { Attribution, CallRecord, Refusal, Standing } from '@tollgate/core';
import type { Attributes, Span } from '@opentelemetry/api';

/** What is known of a call when its span opens: these are the span's creation attributes, so that samplers and processors see them. */
export interface CallStart {
  id: string;
  operation: string;
  provider: string;
  requestModel: string;
  at: Attribution;
  /** `gen_ai.request.*` and the like, ready to be set. */
  params: Record<string, string | number | boolean | string[]>;
  server: { address: string; port: number | undefined } | undefined;
  startedAt: number;
  /** An inference span of the same HTTP exchange that somebody else has opened (the Anthropic SDK's own, another instrumentation's): it is enriched, and no second one is opened. */
  foreign: Span | undefined;
  /** What is said, where content is captured. */
  content?: SpanContent | undefined;
}

/** What is said in a call, as attributes of its span. Asked only for a span that is recorded. */
export interface SpanContent {
  /** What the request says now. */
  input(): Attributes;
  /** What was answered. Asked last: nothing is kept from then on. */
  output(): Attributes;
  /** Nothing is going to be asked: lets go of what was kept. */
  drop(): void;
}

/** What the span says beyond the record. */
export interface CallDetails {
  responseId: string | undefined;
  finishReasons: string[];
  /** Seconds from sending to the first chunk of a stream. */
  timeToFirstChunk: number | undefined;
  serviceTier: string | undefined;
  /** The output cap that we have set or lowered on the request. */
  outputCap: number | undefined;
  error: { type: string; message: string | undefined } | undefined;
  denial: { reason: Refusal; standing: Standing | undefined; message: string } | undefined;
}

/** The span of one call, ours or a foreign one that we enrich. */
export interface CallSpan {
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  /** Runs `fn` with this span active. */
  run<T>(fn: () => T): T;
  /** One HTTP request of the call has ended: a span event beyond the first, so that retries are visible. */
  attempt(attempt: { number: number; status: number | undefined; error: string | undefined }): void;
  /** Writes what the call came to, and ends the span if it is ours. Safe to call twice. */
  end(record: CallRecord, details: CallDetails): void;
}

/** Where calls leave: spans, metrics, events. Nothing here throws into the app. */
export interface CallTelemetry {
  open(call: CallStart): CallSpan;
}
