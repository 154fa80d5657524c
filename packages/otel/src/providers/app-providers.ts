import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { apiRegistry } from './api-registry.ts';

/** The tracer provider that the app has registered, itself and not the API's proxy for it; undefined while there is none. */
export function appTracerProvider(): TracerProvider | undefined {
  const { trace } = apiRegistry();
  return trace?.getDelegate?.() ?? trace;
}

/** The meter provider that the app has registered; undefined while there is none. */
export function appMeterProvider(): MeterProvider | undefined {
  return apiRegistry().metrics;
}
