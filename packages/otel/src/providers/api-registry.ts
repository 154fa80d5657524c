import type { DiagAPI, MeterProvider, TracerProvider } from '@opentelemetry/api';

/** What has been registered with OpenTelemetry's API in this process, whatever copy of the API it was. */
interface Registry {
  /** The API's proxy for the provider that was registered. */
  trace?: TracerProvider & { getDelegate?(): TracerProvider };
  metrics?: MeterProvider;
  diag?: Pick<DiagAPI, 'warn'>;
}

// Copies of the API find each other by this symbol. It is read directly: where nothing is registered, as at the start of
// most processes, loading the API, in a module format that the app may not use, would tell no more.
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** Read it at each use: it begins to exist, and changes, as the app registers. */
export function apiRegistry(): Readonly<Registry> {
  return (globalThis as { [REGISTRY]?: Registry })[REGISTRY] ?? NOTHING;
}

const NOTHING: Registry = Object.freeze({});
