import type { SoldAs } from './cost.ts';
import type { PriceQuery } from './pricing/price-query.ts';

/** Words that every answer has and that change no price. */
const PLAIN = new Set(['standard', 'global', 'not_available']);

/** What of the speed and the geography of a call may have changed its price; undefined where nothing has. */
export function soldAs({ speed, geo }: Pick<PriceQuery, 'speed' | 'geo'>): SoldAs | undefined {
  const fast = speed === undefined || PLAIN.has(speed) ? undefined : speed;
  const place = geo === undefined || PLAIN.has(geo) ? undefined : geo;
  return fast === undefined && place === undefined ? undefined : { speed: fast, geo: place };
}
