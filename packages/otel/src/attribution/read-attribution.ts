import type { Attribution } from '@tollgate/core';
import { notice } from '../notice.ts';

const told = new Set<string>();

/**
 * What the app says of who it works for, as texts: a number, a bigint or a boolean is the text of it, so that 42 and '42'
 * are one account. undefined, null and '' say nothing, and neither does anything else, with one notice for each dimension.
 */
export function readAttribution(given: unknown): Attribution {
  const at: Record<string, string> = {};
  if (typeof given !== 'object' || given === null) return at;
  for (const [dimension, value] of Object.entries(given)) {
    const text = textOf(dimension, value);
    if (text !== undefined) at[dimension] = text;
  }
  return at;
}

function textOf(dimension: string, value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (!told.has(dimension)) {
    told.add(dimension);
    notice(
      `a ${dimension} that is ${typeof value === 'object' ? 'an' : 'a'} ${typeof value} is ignored: give its id, a text`,
    );
  }
  return undefined;
}
