import type { ConfigIssue } from '../../errors/config-error.ts';
import { show, suggestion } from '../../errors/show-value.ts';

export { show, suggestion } from '../../errors/show-value.ts';

/** Reads the fields of one object of a configuration and notes what is wrong with each, instead of stopping at the first. */
export class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #issues: ConfigIssue[];

  /** Notes an issue for every field that is not in `known`: a typo in a budget must not mean "no budget". */
  constructor(
    fields: Readonly<Record<string, unknown>>,
    path: string,
    issues: ConfigIssue[],
    known: readonly string[],
  ) {
    this.#fields = fields;
    this.#path = path;
    this.#issues = issues;
    for (const key of Object.keys(fields)) {
      if (!known.includes(key)) this.reject(key, `is unknown${suggestion(key, known)}; known: ${known.join(', ')}`);
    }
  }

  get(key: string): unknown {
    return this.#fields[key];
  }

  path(key: string): string {
    return `${this.#path}.${key}`;
  }

  /** Notes an issue with the field, or with a part of it (`part` is appended to the path: `[2]`). */
  reject(key: string, message: string, part: string = '', received: unknown = this.#fields[key]): void {
    this.#issues.push({ path: this.path(key) + part, message, received });
  }

  /** One of `choices`; `fallback` where nothing is said. */
  choice<T>(key: string, choices: readonly T[], fallback: T): T {
    const value = this.get(key);
    if (value === undefined) return fallback;
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    const words = choices.map((choice) => show(choice)).join(' or ');
    const near = typeof value === 'string' ? suggestion(value, choices.map(String)) : '';
    this.reject(key, `must be ${words}, is ${show(value)}${near}`);
    return fallback;
  }

  /** The field as an object, or undefined with an issue. */
  record(key: string, rule: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.get(key);
    if (isRecord(value)) return value;
    this.reject(key, `must be ${rule}, is ${show(value)}`);
    return undefined;
  }

  /** A reader for the fields of `fields`, which stands in this object under `key`. */
  inside(key: string, fields: Readonly<Record<string, unknown>>, known: readonly string[]): FieldReader {
    return new FieldReader(fields, this.path(key), this.#issues, known);
  }
}

/** Whether `value` is an object with named fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether `value` is a string. */
export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
