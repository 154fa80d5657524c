const maxNodes = 200_000;
const known = new WeakMap<object, { items: number; length: number }>();

/**
 * About the length of `JSON.stringify(value)`, without making the string: escapes are not counted. Remembered per object,
 * since tools and schemas stay the same from call to call; a list that grows is measured again, a change deeper inside is
 * not seen. Cyclic values end after 200,000 nodes.
 */
export function jsonLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return scalarLength(value);
  const items = Array.isArray(value) ? value.length : 0;
  const entry = known.get(value);
  if (entry !== undefined && entry.items === items) return entry.length;
  const length = measure(value);
  known.set(value, { items, length });
  return length;
}

function measure(root: object): number {
  const open: object[] = [root];
  let length = 0;
  for (let node = 0; node < maxNodes; node += 1) {
    const value = open.pop();
    if (value === undefined) break;
    const named = !Array.isArray(value);
    const children = Object.entries(value);
    length += children.length === 0 ? 2 : 1 + children.length;
    for (const [key, child] of children) {
      if (named) length += key.length + 3;
      if (typeof child === 'object' && child !== null) open.push(child);
      else length += scalarLength(child);
    }
  }
  return length;
}

function scalarLength(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value).length;
  return 0;
}
