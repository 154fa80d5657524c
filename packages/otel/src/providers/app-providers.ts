import {
  createNoopMeter,
  metrics,
  ProxyTracerProvider,
  trace,
  type MeterProvider,
  type TracerProvider,
} from '@opentelemetry/api';

// What the API answers with while nobody has registered a provider.
const NOOP_TRACER_PROVIDER = new ProxyTracerProvider().getDelegate();
const NOOP_METER = createNoopMeter();

let lastMeterProvider: { provider: MeterProvider; isNoop: boolean } | undefined;

/** The tracer provider that the app has registered, itself and not the API's proxy for it; undefined while there is none. */
export function appTracerProvider(): TracerProvider | undefined {
  const registered = trace.getTracerProvider() as TracerProvider & Partial<ProxyTracerProvider>;
  const provider = registered.getDelegate?.() ?? registered;
  return provider === NOOP_TRACER_PROVIDER ? undefined : provider;
}

/** The meter provider that the app has registered; undefined while there is none. */
export function appMeterProvider(): MeterProvider | undefined {
  const provider = metrics.getMeterProvider();
  if (lastMeterProvider?.provider !== provider) {
    lastMeterProvider = { provider, isNoop: provider.getMeter('tollgate-probe') === NOOP_METER };
  }
  return lastMeterProvider.isNoop ? undefined : provider;
}
