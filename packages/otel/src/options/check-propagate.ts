import { DIMENSIONS, type Attribution } from '@tollgate/core/start';
import { isRecord, listOf } from './checks.ts';
import { within, type Check } from './place.ts';
import { show } from './show.ts';

type Carried = keyof Attribution;

const CARRIED = DIMENSIONS.filter(
  (dimension): dimension is Carried => dimension !== 'model' && dimension !== 'provider',
);
const carried = listOf(CARRIED, "['task']");

/** `false`, or `{ baggage: […] }`: the dimensions that travel. */
export const propagate: Check<Carried[]> = (value, place) => {
  if (value === false) return [];
  if (!isRecord(value) || Object.keys(value).join() !== 'baggage') {
    return place.reject(`must be false or { baggage: ['task', …] }, is ${show(value)}`, value);
  }
  return carried(value['baggage'], within(place, '.baggage'));
};
