import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePriceOverrides } from '@tollgate/core/config';
import type { Check, Place } from './place.ts';
import type { Prices } from './register-options.ts';
import { show } from './show.ts';

/** A list of overrides, or the path of a JSON file with a list or a whole table, which is read here for the first time. */
export const prices: Check<Prices> = (value, place) => {
  if (Array.isArray(value)) return parsed(value, undefined, place);
  if (typeof value !== 'string' || value.trim() === '') {
    return place.reject(`must be a list of prices, or the path of a JSON file with them, is ${show(value)}`, value);
  }
  const file = resolve(place.directory, value);
  try {
    return parsed(JSON.parse(readFileSync(file, 'utf8')), file, place);
  } catch (error) {
    return place.reject(`cannot read prices from ${show(value)}: ${(error as Error).message}`, value);
  }
};

function parsed(value: unknown, file: string | undefined, place: Place): Prices | undefined {
  const { overrides, issues } = parsePriceOverrides(value);
  for (const { path, message } of issues) {
    const part = path.replace(/^prices/, '');
    if (file === undefined) place.reject(message, undefined, part);
    else place.reject(`${file}: ${part} ${message}`, file);
  }
  return issues.length === 0 ? { overrides, file } : undefined;
}
