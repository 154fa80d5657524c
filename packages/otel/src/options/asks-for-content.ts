/** What OpenTelemetry's instrumentations are told to put messages onto spans with; `event_only` asks for none there. */
const ON_SPANS = new Set(['true', 'span_only', 'span_and_event']);

/** Whether OpenTelemetry's own variable asks for messages on spans. */
export function asksForContent(env: NodeJS.ProcessEnv): boolean {
  const said = env['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT']?.trim().toLowerCase();
  return said !== undefined && ON_SPANS.has(said);
}
