import { trace, type Span } from '@opentelemetry/api';
import { sdkSpanOf } from './live-spans.ts';
import { ringTwoState, takeOverSpan } from './open-spans.ts';
import { readSpan } from './read-span.ts';
import type { SpanLike } from './span-like.ts';

/** No exchange is wrapped deeper than this. */
const MAX_LEVELS = 8;

/** Spans that a call of ours has claimed: a second call beneath one gets a span of its own. */
const claimed = new WeakSet<object>();

/**
 * The span that somebody else has opened for the exchange that begins now, to be enriched instead of doubled: the one that
 * the SDK hands over, else the active one where it is an inference span. What ring 2 has put aside for it is given back,
 * since the call beneath it answers for the exchange; what other spans around it say of inference is said of this call.
 */
export function claimSpan(ofSdk: Span | undefined): Span | undefined {
  for (const span of spansAround()) ringTwoState.accounted.add(span);
  const active = ofSdk ?? trace.getActiveSpan();
  const span = active && sdkSpanOf(active);
  // A span that records nothing says nothing: the SDK's own has no provider where only we have one.
  if (span === undefined || claimed.has(span) || !span.isRecording()) return undefined;
  if (ofSdk === undefined && !isInference(span)) return undefined;
  claimed.add(span);
  takeOverSpan(span)?.release();
  return span;
}

/** The live spans around the running code, the innermost first. */
function spansAround(): SpanLike[] {
  const around: SpanLike[] = [];
  let id = trace.getActiveSpan()?.spanContext().spanId;
  while (id !== undefined && around.length < MAX_LEVELS) {
    const span = ringTwoState.live.get(id);
    if (span === undefined) break;
    around.push(span);
    id = span.parentSpanContext?.spanId;
  }
  return around;
}

function isInference(span: Span): boolean {
  const { attributes } = span as Partial<SpanLike>;
  return typeof attributes === 'object' && readSpan(span as SpanLike) !== undefined;
}
