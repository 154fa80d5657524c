import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';

/** A span that has ended, as far as tests look at it. */
export interface EndedSpan {
  name: string;
  scope: string;
  attributes: Record<string, unknown>;
}

/** A processor of the app's own that keeps what ends, in the order in which it does. */
export function startRecorder(): { processor: SpanProcessor; spans: EndedSpan[]; started: string[] } {
  const spans: EndedSpan[] = [];
  const started: string[] = [];
  const processor: SpanProcessor = {
    onStart: (span) => void started.push((span as unknown as ReadableSpan).name),
    onEnd: ({ name, instrumentationScope, attributes }) =>
      void spans.push({ name, scope: instrumentationScope.name, attributes: { ...attributes } }),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  return { processor, spans, started };
}
