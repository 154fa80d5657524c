import * as sdk from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { samplerFromEnv, type SamplerPackage } from './env-sampler.ts';

it.each([
  ['always_on', undefined, 'AlwaysOnSampler'],
  ['always_off', undefined, 'AlwaysOffSampler'],
  ['traceidratio', '0.25', 'TraceIdRatioBased{0.25}'],
  ['traceidratio', 'x', 'TraceIdRatioBased{1}'],
  ['parentbased_traceidratio', '0.5', 'root=TraceIdRatioBased{0.5}'],
  ['parentbased_always_off', undefined, 'root=AlwaysOffSampler'],
])('makes %s with %s', (name, argument, description) => {
  const env = { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: argument };
  const sampler = samplerFromEnv(sdk as unknown as SamplerPackage, env) as sdk.Sampler | undefined;
  expect(sampler?.toString()).toContain(description);
});

it('leaves the choice to the SDK where none that we know is named', () => {
  for (const name of [undefined, '', 'jaeger_remote', 'parentbased_jaeger_remote']) {
    expect(samplerFromEnv(sdk as unknown as SamplerPackage, { OTEL_TRACES_SAMPLER: name })).toBeUndefined();
  }
});
