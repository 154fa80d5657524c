import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parsePriceOverrides } from '@tollgate/core';
import type { Check } from './place.ts';
import type { Prices } from './register-options.ts';
import { show } from './show.ts';

/** A list of overrides, or the path of a JSON file with such a list, which is read here for the first time. */
export const prices: Check<Prices> = (value, place) => {
  if (typeof value !== 'string') return parsed(value, undefined, place);
  const file = resolve(place.directory, value);
  try {
    return parsed(JSON.parse(readFileSync(file, 'utf8')), file, place);
  } catch (error) {
    return place.reject(`cannot read prices from ${show(value)}: ${(error as Error).message}`, value);
  }
};

function parsed(value: unknown, file: string | undefined, place: Parameters<typeof prices>[1]): Prices | undefined {
  const { overrides, issues } = parsePriceOverrides(value);
  for (const { path, message, received } of issues) place.reject(message, received, path.replace(/^prices/, ''));
  return issues.length === 0 ? { overrides, file } : undefined;
}
