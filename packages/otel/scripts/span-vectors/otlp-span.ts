import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** A value with its OTLP type; 64-bit integers are texts, as OTLP/JSON has them. */
export type OtlpValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: OtlpValue[] } };

/** A span as OTLP/JSON has it. */
export interface OtlpSpan {
  traceId: string;
  spanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: OtlpValue }[];
  status: { code: number };
}

/** A finished span as the SDK's OTLP exporters send it. */
export function otlpSpan(span: ReadableSpan): OtlpSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    name: span.name,
    // OTLP has "unspecified" before the API's kinds.
    kind: span.kind + 1,
    startTimeUnixNano: unixNano(span.startTime),
    endTimeUnixNano: unixNano(span.endTime),
    attributes: Object.entries(span.attributes).map(([key, value]) => ({ key, value: otlpValue(value) })),
    status: { code: span.status.code },
  };
}

function unixNano([seconds, nanos]: readonly [number, number]): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}

/** JavaScript does not tell 1 from 1.0: the SDK sends a whole double as an integer. */
function otlpValue(value: unknown): OtlpValue {
  if (Array.isArray(value)) return { arrayValue: { values: value.map(otlpValue) } };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value !== 'number') return { stringValue: String(value) };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
