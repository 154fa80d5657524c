import type { PriceData } from './price-data.ts';
import { pricesText } from '../prices-text.ts';

/** The table that comes with this package. Parsed anew at each call: a millisecond or two, so keep what you get. */
export function builtInPrices(): PriceData {
  return JSON.parse(pricesText) as PriceData;
}
