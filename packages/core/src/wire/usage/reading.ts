import { emptyUsage, type Usage } from '../../usage.ts';

/** What a usage reader gives: see `UsageReader`. */
export interface UsageReading {
  usage: Usage;
  flags: string[];
  present: boolean;
}

/** Any JSON object, to be read without trust. */
export type Fields = Record<string, unknown>;

const NO_FIELDS: Fields = Object.freeze({});

/** More tokens than any model takes in one request: they are kept and flagged. */
const IMPLAUSIBLE = 10_000_000;

/** The object itself, or one without fields for anything that is no object. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : NO_FIELDS;
}

/** Reads counts from a provider's object, and keeps what was odd: nothing in it can make the reading fail. */
export class CountReader {
  readonly flags: string[] = [];
  present = false;

  /** A count as it is; 0 for what is missing; 0 and a flag for what is no count, or too large for an exact one. Fractions are rounded up. */
  count(value: unknown): number {
    if (value === undefined || value === null) return 0;
    if (typeof value !== 'number' || !(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
      this.flag('inconsistent_usage');
      return 0;
    }
    this.present = true;
    if (value >= IMPLAUSIBLE) this.flag('implausible_usage');
    if (Number.isInteger(value)) return value;
    this.flag('inconsistent_usage');
    return Math.ceil(value);
  }

  /** An amount that may be a fraction: seconds, money. */
  amount(value: unknown): number {
    if (Number.isInteger(value)) return this.count(value);
    if (typeof value !== 'number') return this.count(value);
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) return this.count(value);
    this.present = true;
    return value;
  }

  /** What is left of a total without its parts; 0 and a flag where the parts are more than the total. */
  rest(total: number, parts: number): number {
    if (parts <= total) return total - parts;
    this.flag('inconsistent_usage');
    return 0;
  }

  /** Cache writes whose lifetime no part names, with a flag where there are any: they are taken for short-lived ones. */
  unnamedWrites(written: number, named: number): number {
    const unnamed = this.rest(written, named);
    if (unnamed > 0) this.flag('no_cache_split');
    return unnamed;
  }

  /** Notes what the provider says that the attempt cost, given how many nano-USD its unit is. */
  reportCost(usage: Usage, value: unknown, nanoPerUnit: number): void {
    if (value === undefined || value === null) return;
    const nano = typeof value === 'number' ? Math.round(value * nanoPerUnit) : NaN;
    if (Number.isSafeInteger(nano) && nano >= 0) usage.reportedNanoUsd = nano;
    else this.flag('inconsistent_usage');
  }

  flag(name: string): void {
    if (!this.flags.includes(name)) this.flags.push(name);
  }

  /** The reading with these classes, and zero in all others. */
  reading(classes: Partial<Usage>): UsageReading {
    return { usage: Object.assign(emptyUsage(), classes), flags: this.flags, present: this.present };
  }
}

/**
 * Uncached input of a source whose total should contain the cached tokens. Where there are more cached than total, the
 * source has left them out (other instrumentations mix both): then the total is the uncached input.
 */
export function inclusiveInput(counts: CountReader, total: number, inside: number): number {
  if (inside <= total) return total - inside;
  counts.flag('inconsistent_usage');
  return total;
}
