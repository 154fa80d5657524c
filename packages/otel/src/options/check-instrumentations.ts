import { SDK_MODULES } from '../instrument/catalogue.ts';
import { isRecord, listOf } from './checks.ts';
import { within, type Check } from './place.ts';
import type { Instrumentations } from './register-options.ts';
import { show } from './show.ts';

/** A name that nobody knows would hook nothing, or spare nothing, without a word. */
const modules = listOf(
  SDK_MODULES.map(({ name }) => name),
  "['openai']",
);

/** 'auto', the modules to hook, or `{ disable: […] }`. */
export const instrumentations: Check<Instrumentations> = (value, place) => {
  if (value === 'auto') return { only: undefined, disable: [] };
  if (Array.isArray(value)) {
    const only = modules(value, place);
    return only && { only, disable: [] };
  }
  if (!isRecord(value) || Object.keys(value).join() !== 'disable') {
    return place.reject(`must be 'auto', a list such as ['openai'], or { disable: […] }, is ${show(value)}`, value);
  }
  const disable = modules(value['disable'], within(place, '.disable'));
  return disable && { only: undefined, disable };
};
