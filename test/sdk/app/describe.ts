/** A value as JSON, with its class and all that is its own: two values with the same description look the same to an app. */
export type Described = null | string | number | boolean | Described[] | { [key: string]: Described };

const MAX_DEPTH = 12;

/** Headers that differ from one run to the next; the length does where a stream is asked for its usage. */
const VOLATILE_HEADERS = new Set(['date', 'content-length']);
/** Properties that are another kind of machinery, or that differ from one run to the next. */
const SKIPPED = new Set<string | symbol>(['stack', 'message', 'port', 'socket', 'date']);

/** Describes a value. Objects of classes that hold machinery (streams, promises, responses) are told by class and keys. */
export function describe(value: unknown, depth: number = 0): Described {
  if (typeof value !== 'object' || value === null) return primitive(value);
  if (depth > MAX_DEPTH) return '«deeper»';
  if (Array.isArray(value)) return value.map((item) => describe(item, depth + 1));
  if (value instanceof Error)
    return { '«classes»': classesOf(value), message: stable(value.message), ...own(value, depth) };
  if (value instanceof Headers) return headers(value);
  if (value instanceof Uint8Array) return `«${value.length} bytes» ${stable(Buffer.from(value).toString('latin1'))}`;
  if (isPlain(value)) return own(value, depth);
  return { '«classes»': classesOf(value), '«keys»': Object.keys(value).toSorted() };
}

function primitive(value: unknown): Described {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return typeof value === 'string' ? stable(value) : `«${typeof value}»`;
}

/** Ports, random ids and log ids differ from run to run, and say nothing. */
export function stable(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/boundary=\S+/g, 'boundary=BOUNDARY');
}

/** Headers as an object, without those that no two runs share. */
export function headers(of: Headers | Readonly<Record<string, string>>): Record<string, string> {
  const entries = of instanceof Headers ? [...of] : Object.entries(of);
  return Object.fromEntries(
    entries.filter(([name]) => !VOLATILE_HEADERS.has(name)).map(([name, value]) => [name, stable(value)]),
  );
}

/** The names of a value's classes, its own one first. */
function classesOf(value: object): string[] {
  const names: string[] = [];
  for (let proto: unknown = Object.getPrototypeOf(value); proto !== null; proto = Object.getPrototypeOf(proto)) {
    names.push((proto as { constructor?: { name?: string } }).constructor?.name ?? '');
  }
  return names;
}

function own(value: object, depth: number): { [key: string]: Described } {
  const described: { [key: string]: Described } = {};
  for (const key of Reflect.ownKeys(value)) {
    if (SKIPPED.has(key)) continue;
    const property = Object.getOwnPropertyDescriptor(value, key);
    const name = `${property?.enumerable === true ? '' : '(hidden) '}${String(key)}`;
    described[name] = property?.get === undefined ? describe(Reflect.get(value, key), depth + 1) : '«getter»';
  }
  return described;
}

function isPlain(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype;
}
