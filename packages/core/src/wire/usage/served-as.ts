import type { PriceContext } from '../wire.ts';
import { fieldsOf } from './reading.ts';

/** How the provider has served a call, in its own words. What is not said is undefined. */
export interface ServedAs {
  serviceTier: string | undefined;
  speed: string | undefined;
  geo: string | undefined;
}

/**
 * What the answer says of tier, speed and geography: inside the usage object before beside it. It counts before what was
 * asked for, since providers may serve another tier. Batches are known by the API that was called.
 */
export function servedAs(usage: unknown, context: PriceContext): ServedAs {
  const outer = fieldsOf(usage);
  const raw = outer['raw'];
  const said = typeof raw === 'object' && raw !== null ? fieldsOf(raw) : outer;
  const batch = context.api === 'batch' ? 'batch' : undefined;
  return {
    serviceTier:
      batch ?? word(said['service_tier'] ?? said['serviceTier'] ?? said['trafficType']) ?? word(context.service_tier),
    speed: word(said['speed']) ?? word(context.speed),
    geo: word(said['inference_geo']) ?? word(context.inference_geo),
  };
}

function word(value: unknown): string | undefined {
  // Bedrock wraps its tier: { type: 'flex' }.
  const inner = typeof value === 'object' && value !== null ? fieldsOf(value)['type'] : value;
  return typeof inner === 'string' && inner !== '' ? inner : undefined;
}
