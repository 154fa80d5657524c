import { PROVIDER_NAMES, type ConfigIssue } from '@tollgate/core/start';
import { hint } from './checks.ts';
import type { CheckedOptions } from './option-table.ts';
import { show } from './show.ts';

/** Shorter names are near too many others. */
const SHORTEST_TYPO = 5;

/**
 * Names of providers in `hosts` that look like a slip of one that has prices: its calls would run without a price. Any
 * other name is taken for that of a server of the user's own, as are those that `prices` name.
 */
export function misspelledProviders({ hosts, prices }: Pick<CheckedOptions, 'hosts' | 'prices'>): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  let own: Set<string> | undefined;
  for (const [host, named] of Object.entries(hosts)) {
    const name = typeof named === 'string' ? named : named.provider;
    if (name.length < SHORTEST_TYPO || isListed(name)) continue;
    own ??= ownProviders(prices);
    const near = own.has(name.toLowerCase()) ? '' : hint(name, PROVIDER_NAMES);
    if (near === '') continue;
    const message = `${show(name)} has no prices${near} For a server of your own, name it in prices too: { provider: ${show(name)}, model: '*', usdPerCall: 0 }`;
    issues.push({ path: `hosts['${host}']`, message, received: name });
  }
  return issues;
}

/** `openai.responses` is openai's. */
function isListed(name: string): boolean {
  let known = name.trim().toLowerCase();
  while (!PROVIDER_NAMES.includes(known)) {
    if (!known.includes('.')) return false;
    known = known.slice(0, known.lastIndexOf('.'));
  }
  return true;
}

function ownProviders({ overrides: { rules, data } }: CheckedOptions['prices']): Set<string> {
  const ruled = rules.flatMap(({ provider }) => (provider === undefined ? [] : [provider]));
  const listed = (data?.providers ?? []).flatMap(({ id, names = [] }) => [id, ...names]);
  return new Set([...ruled, ...listed].map((name) => name.toLowerCase()));
}
