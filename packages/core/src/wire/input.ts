import { jsonLength } from './json-length.ts';
import { asObject } from './loose.ts';

/** What becomes input tokens: tallied by length alone, or with the strings themselves where a count must be exact. */
export class Input {
  length = 0;
  messages = 0;
  images = 0;
  audio = 0;
  files = 0;
  mayWriteCache = false;
  longCache = false;
  /** The strings, where they were asked for. */
  readonly strings: string[] | undefined;

  constructor(strings?: string[]) {
    this.strings = strings;
  }

  /** Adds text; anything but a string adds nothing. */
  text(value: unknown): void {
    if (typeof value !== 'string') return;
    this.length += value.length;
    this.strings?.push(value);
  }

  /** Adds a structure that the provider shows to the model as text: a tool, a schema, arguments. */
  json(value: unknown): void {
    if (value === undefined || value === null) return;
    if (typeof value === 'string') {
      this.text(value);
      return;
    }
    this.length += jsonLength(value);
    this.strings?.push(jsonOf(value));
  }

  /** Notes a cache breakpoint (`cache_control`, `prompt_cache_breakpoint`) with its time to live. */
  cache(mark: unknown): void {
    const control = asObject<'ttl'>(mark);
    if (control === undefined) return;
    this.mayWriteCache = true;
    if (control.ttl !== undefined && control.ttl !== '5m' && control.ttl !== '30m') this.longCache = true;
  }
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
