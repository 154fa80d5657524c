/** The part of an SDK's resource that is looked at. */
interface RawResource {
  getRawAttributes(): [key: string, value: unknown][];
}

/**
 * Whether a meter provider names its instance; undefined where that can't be seen. Two processes without it write the
 * same series, and a backend shows neither's figures right.
 */
export function namesInstance(meterProvider: object): boolean | undefined {
  const { _sharedState: state } = meterProvider as { _sharedState?: { resource?: Partial<RawResource> } };
  const attributes = state?.resource?.getRawAttributes?.();
  return attributes?.some(([key, value]) => key === 'service.instance.id' && value !== undefined);
}
