import type { Wire } from '@tollgate/core/plugin';
import { unreadRoute } from './unread-route.ts';

/** A request that passes untouched. */
interface Passed {
  method?: string;
  path?: string;
  body?: unknown;
}

/**
 * Says once of each kind that a request which is billed went by unseen: one that takes a route that we don't read, or has
 * a body that its wire can't. One without a body is refused by any provider.
 */
export function unreadRequests(notice: (line: string) => void): (passed: Passed, wire: Wire | undefined) => void {
  const told = new Set<string>();
  function tell(what: string, why: string): void {
    if (told.has(what)) return;
    told.add(what);
    notice(`${what} went by unread, and no budget and no figure counts what it costs: ${why}`);
  }
  return ({ method = 'get', path = '', body }, wire) => {
    if (wire !== undefined) {
      if (body !== undefined && body !== null) tell(`a request of ${wire.id}`, UNREADABLE);
      return;
    }
    const route = unreadRoute(method, path);
    if (route !== undefined) tell(`a request to ${route}`, 'that route is billed, but not read yet');
  };
}

const UNREADABLE = 'its body is no object, no form, and no JSON of up to 16 MiB';
