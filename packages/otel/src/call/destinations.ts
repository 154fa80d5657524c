import { providerOfHost } from '@tollgate/core/plugin';
import type { Address } from '../instrument/net/address.ts';
import type { Destination } from './meter.ts';
import type { ResolvedOptions } from '../options/register-options.ts';

/** Finds who answers at an address: the user's own names first. A price does not depend on the address of a server that the user has named. */
export function destinations(
  hosts: ResolvedOptions['hosts'],
): (address: Address | undefined) => Destination | undefined {
  const known = new Map<Address, Destination | undefined>();
  return (address) => {
    if (address === undefined) return undefined;
    // Addresses are parsed once per base URL, so the same one comes back for every call of a client.
    if (known.has(address)) return known.get(address);
    const host = providerOfHost(address.host, hosts);
    const isNamed =
      hosts[address.host.toLowerCase()] !== undefined || hosts[address.hostname.toLowerCase()] !== undefined;
    const destination = host && { ...host, baseUrl: isNamed ? undefined : address.url };
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(address, destination);
    return destination;
  };
}

/** Says of each host, once, that nobody has named it: its calls pass every budget in USD. After `MAX_REMEMBERED` hosts it is silent. */
export function unnamedHosts(notice: (line: string) => void): (host: string) => void {
  const told = new Set<string>();
  return (host) => {
    if (told.has(host) || told.size >= MAX_REMEMBERED) return;
    told.add(host);
    notice(
      `nobody has named the provider at ${host}, so its calls have no price and budgets in USD do not count them; name it: hosts: { '${host}': 'openai' }`,
    );
  };
}

const MAX_REMEMBERED = 256;
