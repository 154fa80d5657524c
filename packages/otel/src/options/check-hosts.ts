import { mapOf, text } from './checks.ts';
import type { Check } from './place.ts';
import { show } from './show.ts';

const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

const host: Check<string> = (value, place) => {
  const name = String(value);
  if (HOST.test(name)) return name.toLowerCase();
  const bare = URL.canParse(name) ? new URL(name).host : '';
  const instead = bare === '' ? '' : `; write '${bare}'`;
  return place.reject(`must be a host or host:port, without scheme and path, is ${show(name)}${instead}`, name);
};

/** Provider by host or host:port. */
export const hosts: Check<Record<string, string>> = mapOf(text, "{ 'llm.internal:8080': 'openai' }", host);
