import type { Env } from './otlp-env.ts';

type New = new (option?: unknown) => object;

/** The samplers of SDK 3.x. */
export interface SamplerPackage {
  AlwaysOnSampler: New;
  AlwaysOffSampler: New;
  ParentBasedSampler: New;
  TraceIdRatioBasedSampler: New;
}

const PARENT_BASED = 'parentbased_';

/** The sampler that `OTEL_TRACES_SAMPLER` names; undefined, which is the SDK's default, where it names none that we know. */
export function samplerFromEnv(sdk: SamplerPackage, env: Env): object | undefined {
  const name = env['OTEL_TRACES_SAMPLER']?.trim();
  if (name === undefined) return undefined;
  if (!name.startsWith(PARENT_BASED)) return rootSampler(sdk, name, env);
  const root = rootSampler(sdk, name.slice(PARENT_BASED.length), env);
  return root && new sdk.ParentBasedSampler({ root });
}

function rootSampler(sdk: SamplerPackage, name: string, env: Env): object | undefined {
  switch (name) {
    case 'always_on':
      return new sdk.AlwaysOnSampler();
    case 'always_off':
      return new sdk.AlwaysOffSampler();
    case 'traceidratio':
      return new sdk.TraceIdRatioBasedSampler(ratio(env['OTEL_TRACES_SAMPLER_ARG']));
    default:
      return undefined;
  }
}

function ratio(argument: string | undefined): number {
  const value = Number(argument);
  return argument !== undefined && argument.trim() !== '' && value >= 0 && value <= 1 ? value : 1;
}
