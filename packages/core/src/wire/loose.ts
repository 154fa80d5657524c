/** A JSON object of unknown shape, with the fields that are going to be looked at. */
export type Loose<Field extends string> = Partial<Readonly<Record<Field, unknown>>>;

/** The value as an object to look into; undefined for everything else, arrays included. */
export function asObject<Field extends string = string>(value: unknown): Loose<Field> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** The value as a list; empty for everything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a string. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value if it is a number above 0 that is no fraction of a thing: a cap, a count. */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 1 && Number.isFinite(value) ? Math.floor(value) : undefined;
}

/** Characters of a string, 0 for everything else. */
export function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}
