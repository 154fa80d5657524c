import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { register } from './register.ts';
import type { RegisterOptions } from './options/register-options.ts';
import { shared } from './shared.ts';
import { VERSION } from './version.ts';

/** What OpenTelemetry's SDK asks of an instrumentation. */
export interface TollgateInstrumentation {
  readonly instrumentationName: '@tollgate/otel';
  readonly instrumentationVersion: string;
  enable(): void;
  disable(): void;
  setTracerProvider(provider: TracerProvider): void;
  setMeterProvider(provider: MeterProvider): void;
  setConfig(config: object): void;
  getConfig(): { enabled: boolean };
}

/**
 * `register()` in the shape of the `instrumentations` list of a NodeSDK, for apps that build their own: calls are seen from
 * its construction on, and leave through the providers that the SDK registers. Throws `ConfigError` as `register()` does.
 */
export function instrumentations(options: RegisterOptions = {}): TollgateInstrumentation[] {
  register(shared.handle === undefined ? { otel: 'attach', ...options } : options);
  return [
    {
      instrumentationName: '@tollgate/otel',
      instrumentationVersion: VERSION,
      enable() {},
      // A budget that a shutdown of telemetry switches off would be none: mode 'off' is the way to do it.
      disable() {},
      // Providers are looked up when a call opens.
      setTracerProvider() {},
      setMeterProvider() {},
      setConfig() {},
      getConfig: () => ({ enabled: true }),
    },
  ];
}
