import { ConfigError } from '@tollgate/core/start';
import { instrumentClient } from './instrument/instrument-client.ts';
import { show } from './options/show.ts';
import { shared } from './shared.ts';

/**
 * Sees the calls of a client whose SDK a bundler has inlined, so that `register()` could not find it. Gives the same client
 * back; does nothing before `register()` or in mode 'off'. `instrumented` says whether it worked. Throws `ConfigError` for
 * what is no object of a class.
 */
export function instrument<Client extends object>(client: Client): Client {
  if (shared.hooks === undefined) return client;
  if (!hasClass(client)) {
    const message = `must be a client, such as new OpenAI(), is ${show(client)}`;
    throw new ConfigError([{ path: 'instrument(client)', message, received: client }]);
  }
  return instrumentClient(client, shared.hooks);
}

function hasClass(client: unknown): boolean {
  return typeof client === 'object' && typeof client?.constructor === 'function';
}
