import type { AttributeKey } from '../conventions.ts';

/** What stands for all values beyond the cap of a label. */
const OTHER = 'other';

const DEFAULT_CAP = 100;

/** Longer values are cut: a backend refuses a whole export for one that is too long, and each is sent anew every time. */
const LONGEST = 256;
const CUT = '…';

/** A label's value as it is told: at most 256 characters, the last one `…` where it was cut, and never half a character. */
export function labelValue(value: string): string {
  if (value.length <= LONGEST) return value;
  // Through bytes: V8's slices, and what is joined from them, hold on to the whole text that they are of.
  const start = Buffer.from(value.slice(0, LONGEST - 1)).toString();
  return `${start.replace(/\uFFFD$/, '')}${CUT}`;
}

/** Keeps the number of values per label bounded: first come, the rest is `other`. */
export class LabelCaps {
  readonly #seen = new Map<AttributeKey, Set<string>>();
  readonly #cap: number;
  readonly #overflowed: (label: AttributeKey) => void;

  /** `overflowed` is told of every value that is folded. */
  constructor(overflowed: (label: AttributeKey) => void, cap: number = DEFAULT_CAP) {
    this.#overflowed = overflowed;
    this.#cap = cap;
  }

  /** The value itself, or `other` where the label has its fill. */
  fold(label: AttributeKey, value: string): string {
    let seen = this.#seen.get(label);
    if (seen === undefined) this.#seen.set(label, (seen = new Set()));
    if (seen.has(value)) return value;
    if (seen.size < this.#cap) {
      seen.add(value);
      return value;
    }
    this.#overflowed(label);
    return OTHER;
  }
}
