/** The environment variables of a process. */
export type Env = Readonly<Record<string, string | undefined>>;
/** What is exported. Each goes its own way. */
export type Signal = 'traces' | 'metrics';
/** How OTLP is spoken; the values of `OTEL_EXPORTER_OTLP_PROTOCOL`. */
export type Protocol = 'http/protobuf' | 'http/json' | 'grpc';

/** Whether OTLP is what a signal is to be exported with: the default, unless `OTEL_*_EXPORTER` names something else. */
export function isOtlpWanted(signal: Signal, env: Env): boolean {
  if (isSdkDisabled(env)) return false;
  const named = list(env[`OTEL_${signal.toUpperCase()}_EXPORTER`]);
  return named.length === 0 || (named.length === 1 && named[0] === 'otlp');
}

/** Whether somebody has said where a signal is to be sent. */
export function isEndpointConfigured(signal: Signal, env: Env): boolean {
  const endpoint = env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`] ?? env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  return endpoint !== undefined && endpoint.trim() !== '';
}

/** How a signal is sent; `http/protobuf` unless the environment says otherwise. */
export function otlpProtocol(signal: Signal, env: Env): Protocol {
  const named = env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_PROTOCOL`] ?? env['OTEL_EXPORTER_OTLP_PROTOCOL'];
  const protocol = named?.trim();
  return protocol === 'http/json' || protocol === 'grpc' ? protocol : 'http/protobuf';
}

/** Whether `OTEL_SDK_DISABLED` says that no SDK is to be started. */
export function isSdkDisabled(env: Env): boolean {
  return env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true';
}

/** A positive number, or undefined where there is none. */
export function positiveNumber(name: string, env: Env): number | undefined {
  const value = Number(env[name]);
  return value > 0 && Number.isFinite(value) ? value : undefined;
}

/** The values of a list variable. */
export function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
