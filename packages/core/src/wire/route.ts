/**
 * Finds a path in a table of tails: its last two segments first, then the last one. What stands before the tail is the
 * base of a client, a gateway or an Azure deployment; a query is ignored. Only POST makes a call.
 */
export function findRoute<Found>(table: ReadonlyMap<string, Found>, method: string, path: string): Found | undefined {
  if (method !== 'post' && method.toUpperCase() !== 'POST') return undefined;
  const query = path.indexOf('?');
  let end = query === -1 ? path.length : query;
  if (path.charCodeAt(end - 1) === slash) end -= 1;
  const last = path.lastIndexOf('/', end - 1);
  const before = last > 0 ? path.lastIndexOf('/', last - 1) : -1;
  return table.get(path.slice(before + 1, end)) ?? table.get(path.slice(last + 1, end));
}

/** The Azure deployment that a path names (`/openai/deployments/{name}/…`): the model where the body has none. */
export function deploymentOf(path: string): string | undefined {
  return /\/deployments\/([^/?]+)\//.exec(path)?.[1];
}

const slash = 47;
