import { flag, isRecord, mapOf, text } from './checks.ts';
import { within, type Check } from './place.ts';
import { show } from './show.ts';

const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

const host: Check<string> = (value, place) => {
  const name = String(value);
  if (HOST.test(name)) return name.toLowerCase();
  const bare = URL.canParse(name) ? new URL(name).host : '';
  const instead = bare === '' ? '' : `; write '${bare}'`;
  return place.reject(`must be a host or host:port, without scheme and path, is ${show(name)}${instead}`, name);
};

/** A server that the user has named. */
export interface NamedHost {
  provider: string;
  /** It may be asked for usage in streams (`stream_options.include_usage`). */
  includeUsage: boolean;
}

const FIELDS = ['provider', 'includeUsage'];

const named: Check<string | NamedHost> = (value, place) => {
  if (!isRecord(value)) return text(value, place);
  const unknown = Object.keys(value).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined)
    return place.reject(`is not a field: a host has provider and includeUsage`, unknown, `.${unknown}`);
  const provider = text(value['provider'], within(place, '.provider'));
  const includeUsage = flag(value['includeUsage'] ?? false, within(place, '.includeUsage'));
  return provider === undefined || includeUsage === undefined ? undefined : { provider, includeUsage };
};

/** Provider by host or host:port. */
export const hosts: Check<Record<string, string | NamedHost>> = mapOf(named, "{ 'llm.internal:8080': 'openai' }", host);
