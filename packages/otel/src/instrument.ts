import { instrumentClient } from './instrument/instrument-client.ts';
import { shared } from './shared.ts';

/**
 * Sees the calls of a client whose SDK a bundler has inlined, so that `register()` could not find it. Gives the same client
 * back; does nothing before `register()` or in mode 'off'. `instrumented` says whether it worked.
 */
export function instrument<Client extends object>(client: Client): Client {
  return shared.hooks === undefined ? client : instrumentClient(client, shared.hooks);
}
