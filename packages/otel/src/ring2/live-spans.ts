import type { Span } from '@opentelemetry/api';
import { ringTwoState } from './open-spans.ts';
import type { SpanLike } from './span-like.ts';

/** Spans that never end must not fill the memory. */
const MOST = 10_000;

/** A span has begun. */
export function keepLive(span: SpanLike): void {
  const { live } = ringTwoState;
  live.set(span.spanContext().spanId, span);
  if (live.size <= MOST) return;
  for (const [oldest] of live) return void live.delete(oldest);
}

/** A span has ended. */
export function dropLive(span: SpanLike): void {
  ringTwoState.live.delete(span.spanContext().spanId);
}

/** The SDK's span behind one that an emitter has wrapped (OpenInference does): the id is what both have. Itself where nobody knows. */
export function sdkSpanOf(span: Span): Span {
  return ringTwoState.live.get(span.spanContext().spanId) ?? span;
}
