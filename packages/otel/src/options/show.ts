/** A received value as a message shows it: short, never the inside of an object, never the password in a URL. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    const safe: string = withoutPassword(value);
    return `'${safe.length > 60 ? `${safe.slice(0, 60)}…` : safe}'`;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

/** A received value as an issue carries it: a text loses what stands before the @ of a URL. */
export function withoutPassword<T>(value: T): T | string {
  return typeof value === 'string' ? value.replace(/(:\/\/)[^/@\s]*@/g, '$1***@') : value;
}

/** Words as a choice: `'a', 'b' or 'c'`. */
export function either(words: readonly string[]): string {
  const quoted = words.map((word) => `'${word}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
