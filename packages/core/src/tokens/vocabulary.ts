/** The rank that stands for "these bytes are no token". */
export const NO_TOKEN = -1;

/** Finds the merge rank of a run of bytes; smaller ranks merge first. */
export interface RankLookup {
  /** The rank of `bytes[from, to)`, or `NO_TOKEN`. */
  rankOf(bytes: Uint8Array, from: number, to: number): number;
}

const HASH_SEED = 0x811c9dc5;
const HASH_PRIME = 0x01000193;

/**
 * All tokens of an encoding in three typed arrays: their bytes end to end, where each starts, and an open-addressing
 * hash table over them. Built from the text that js-tiktoken ships; keeps no reference to it.
 */
export class Vocabulary implements RankLookup {
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;
  /** Rank + 1 of the token in each slot; 0 is an empty slot. Never more than half full. */
  readonly #slots: Int32Array;
  readonly #longest: number;

  /** `ranks`: lines of `! <rank of the first> <base64> <base64> …`, ranks ascending. */
  constructor(ranks: string) {
    const { bytes, starts } = decodeTokens(ranks);
    this.#bytes = bytes;
    this.#starts = starts;
    const tokens = starts.length - 1;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(tokens * 2)));
    let longest = 0;
    for (let rank = 0; rank < tokens; rank++) {
      const from = starts[rank]!;
      const to = starts[rank + 1]!;
      if (to - from > longest) longest = to - from;
      this.#insert(rank, from, to);
    }
    this.#longest = longest;
  }

  rankOf(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from;
    if (length > this.#longest) return NO_TOKEN;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(bytes, from, to) & mask;
    for (;;) {
      const entry = slots[slot]!;
      if (entry === 0) return NO_TOKEN;
      if (this.#holds(entry - 1, bytes, from, length)) return entry - 1;
      slot = (slot + 1) & mask;
    }
  }

  #holds(rank: number, bytes: Uint8Array, from: number, length: number): boolean {
    const start = this.#starts[rank]!;
    if (this.#starts[rank + 1]! - start !== length) return false;
    const own = this.#bytes;
    for (let i = 0; i < length; i++) if (own[start + i] !== bytes[from + i]) return false;
    return true;
  }

  #insert(rank: number, from: number, to: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashOf(this.#bytes, from, to) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = rank + 1;
  }
}

/** FNV-1a, with the high bits folded down because only the low ones choose a slot. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = HASH_SEED;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, HASH_PRIME);
  return hash ^ (hash >>> 15);
}

const SPACE = 0x20;
const PADDING = 0x3d;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTETS = new Uint8Array(128);
for (let i = 0; i < BASE64.length; i++) SEXTETS[BASE64.charCodeAt(i)] = i;

function decodeTokens(ranks: string): { bytes: Uint8Array; starts: Uint32Array } {
  // Four characters of base64 are up to three bytes, and a token is at least five characters with its separator.
  const bytes = new Uint8Array(Math.ceil((ranks.length * 3) / 4));
  const starts = new Uint32Array(Math.ceil(ranks.length / 5) + 1);
  let size = 0;
  let tokens = 0;
  for (const line of ranks.split('\n').filter(Boolean)) {
    let bits = 0;
    let pending = 0;
    for (let i = line.indexOf(' ', 2) + 1; i <= line.length; i++) {
      const code = i === line.length ? SPACE : line.charCodeAt(i);
      if (code === SPACE) {
        starts[++tokens] = size;
        pending = 0;
      } else if (code !== PADDING) {
        bits = ((bits << 6) | SEXTETS[code]!) & 0xffff;
        pending += 6;
        if (pending >= 8) {
          pending -= 8;
          bytes[size++] = bits >>> pending;
        }
      }
    }
  }
  return { bytes: bytes.slice(0, size), starts: starts.slice(0, tokens + 1) };
}
