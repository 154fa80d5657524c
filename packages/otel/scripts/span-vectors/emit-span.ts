import type { Tracer } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { SCOPE_NAME } from '../../src/conventions.ts';
import { createTelemetry } from '../../src/telemetry/create-telemetry.ts';
import type { VectorCall } from './call-of-vector.ts';

/** Emits a call through the plugin's telemetry and an SDK. Ids follow from `position`. Counted where `metrics` is `process`. */
export function emitSpan(
  { start, record, details }: VectorCall,
  position: number,
  metrics: 'process' | 'collector',
): ReadableSpan {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    idGenerator: { generateTraceId: () => hex(position, 32), generateSpanId: () => hex(position, 16) },
  });
  telemetryOf(provider.getTracer(SCOPE_NAME), metrics).open(start).end(record, details);
  return exporter.getFinishedSpans()[0]!;
}

function hex(position: number, length: number): string {
  return position.toString(16).padStart(length, '0');
}

function telemetryOf(tracer: Tracer, metrics: 'process' | 'collector'): ReturnType<typeof createTelemetry> {
  const meter = new MeterProvider().getMeter(SCOPE_NAME);
  return createTelemetry({
    signals: { tracer: () => tracer, meter: () => meter },
    serviceName: '',
    metrics,
    semconv: 'latest',
    labels: [],
    standings: () => [],
    budgetFacts: () => ({ window: 'total', mode: 'enforce' }),
    oldestReservation: () => undefined,
    store: () => ({ id: '', up: true }),
    priceTable: { version: '', madeAt: 0 },
    version: '',
    configErrors: 0,
    now: () => 0,
    log: () => {},
  });
}
