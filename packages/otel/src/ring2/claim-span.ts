import { trace, type Span } from '@opentelemetry/api';
import { takeOverSpan } from './open-spans.ts';
import { readSpan } from './read-span.ts';
import type { SpanLike } from './span-like.ts';

/** Spans that a call of ours has claimed: a second call beneath one gets a span of its own. */
const claimed = new WeakSet<object>();

/**
 * The span that somebody else has opened for the exchange that begins now, to be enriched instead of doubled: the one that
 * the SDK hands over, else the active one where it is an inference span. What ring 2 has put aside for it is given back,
 * since the call beneath it answers for the exchange.
 */
export function claimSpan(ofSdk: Span | undefined): Span | undefined {
  const span = ofSdk ?? trace.getActiveSpan();
  // A span that records nothing says nothing: the SDK's own has no provider where only we have one.
  if (span === undefined || claimed.has(span) || !span.isRecording()) return undefined;
  if (ofSdk === undefined && !isInference(span)) return undefined;
  claimed.add(span);
  takeOverSpan(span)?.release();
  return span;
}

function isInference(span: Span): boolean {
  const { attributes } = span as Partial<SpanLike>;
  return typeof attributes === 'object' && readSpan(span as SpanLike) !== undefined;
}
