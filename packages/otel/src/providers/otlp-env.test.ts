import { expect, it } from 'vitest';
import { isEndpointConfigured, isOtlpWanted, otlpProtocol, positiveNumber } from './otlp-env.ts';

it('exports with OTLP unless the environment names something else or disables the SDK', () => {
  expect(isOtlpWanted('traces', {})).toBe(true);
  expect(isOtlpWanted('traces', { OTEL_TRACES_EXPORTER: ' otlp ' })).toBe(true);
  expect(isOtlpWanted('traces', { OTEL_TRACES_EXPORTER: 'none' })).toBe(false);
  expect(isOtlpWanted('metrics', { OTEL_TRACES_EXPORTER: 'none' })).toBe(true);
  expect(isOtlpWanted('metrics', { OTEL_METRICS_EXPORTER: 'otlp,prometheus' })).toBe(false);
  expect(isOtlpWanted('metrics', { OTEL_SDK_DISABLED: 'TRUE' })).toBe(false);
});

it('knows an endpoint for all signals and one for a signal', () => {
  expect(isEndpointConfigured('traces', {})).toBe(false);
  expect(isEndpointConfigured('traces', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' })).toBe(false);
  expect(isEndpointConfigured('traces', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' })).toBe(true);
  expect(isEndpointConfigured('traces', { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://c:4318' })).toBe(false);
  expect(isEndpointConfigured('metrics', { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://c:4318' })).toBe(true);
});

it('speaks protobuf over HTTP unless a protocol is named', () => {
  expect(otlpProtocol('traces', {})).toBe('http/protobuf');
  expect(otlpProtocol('traces', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' })).toBe('http/json');
  expect(
    otlpProtocol('traces', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' }),
  ).toBe('http/json');
  expect(otlpProtocol('metrics', { OTEL_EXPORTER_OTLP_PROTOCOL: 'carrier-pigeon' })).toBe('http/protobuf');
});

it('reads positive numbers only', () => {
  expect(['5', '0', '-1', 'x', '', 'Infinity'].map((value) => positiveNumber('N', { N: value }))).toEqual([
    5,
    ...Array.from({ length: 5 }),
  ]);
});
