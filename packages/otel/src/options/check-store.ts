import { hint, isRecord } from './checks.ts';
import type { Check } from './place.ts';
import { show } from './show.ts';

/** 'auto' or 'memory'. Any other store is told where it comes from, and is not taken in vain. */
export const store: Check<'auto' | 'memory'> = (value, place) => {
  if (value === 'auto' || value === 'memory') return value;
  if (typeof value === 'string' && /^(sqlite:|rediss?:\/\/)/.test(value)) {
    return place.reject(`${show(value)} needs the package @tollgate/stores: npm i @tollgate/stores`, value);
  }
  if (isRecord(value)) {
    const why = "cannot be a store of the app's own: stores other than memory come with @tollgate/stores; leave it out";
    return place.reject(why, value);
  }
  const near = hint(value, ['auto', 'memory']);
  return place.reject(`must be 'auto' or 'memory', is ${show(value)}${near}`, value);
};
