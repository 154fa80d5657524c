/** Says what is wrong with a value, a line each: `budgets[0].limit is missing`. */
export type Shape = (value: unknown, path: string) => string[];

/** A shape that a property may lack. */
export interface Optional {
  optional: Shape;
}

/** A whole number, 0 or more: money, tokens, calls, times. */
export const count: Shape = (value, path) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? [] : [`${path} is no count: ${JSON.stringify(value)}`];

export const text: Shape = (value, path) =>
  typeof value === 'string' && value !== '' ? [] : [`${path} is no text: ${JSON.stringify(value)}`];

export const flag: Shape = (value, path) => (typeof value === 'boolean' ? [] : [`${path} is neither true nor false`]);

/** One of these values. */
export function oneOf(values: readonly unknown[]): Shape {
  return (value, path) => (values.includes(value) ? [] : [`${path} is not one of ${values.join(', ')}`]);
}

export function listOf(shape: Shape): Shape {
  return (value, path) =>
    Array.isArray(value) ? value.flatMap((item, index) => shape(item, `${path}[${index}]`)) : [`${path} is no list`];
}

/** Any of these keys, each with a value of this shape. */
export function mapOf(keys: readonly string[] | undefined, shape: Shape): Shape {
  return (value, path) =>
    entriesOf(value, path, (key, item) =>
      keys === undefined || keys.includes(key) ? shape(item, `${path}.${key}`) : [`${path}.${key} is unknown`],
    );
}

/** Exactly these properties, none that is not listed. */
export function objectOf(properties: Readonly<Record<string, Shape | Optional>>): Shape {
  return (value, path) => {
    const known = Object.entries(properties).flatMap(([key, property]) => {
      const item = (value as Record<string, unknown> | null)?.[key];
      if (typeof property === 'function')
        return item === undefined ? [`${path}.${key} is missing`] : property(item, `${path}.${key}`);
      return item === undefined ? [] : property.optional(item, `${path}.${key}`);
    });
    const unknown = entriesOf(value, path, (key) => (key in properties ? [] : [`${path}.${key} is unknown`]));
    return [...known, ...unknown];
  };
}

function entriesOf(value: unknown, path: string, check: (key: string, item: unknown) => string[]): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`];
  return Object.entries(value).flatMap(([key, item]) => check(key, item));
}
