import { NumberHeap } from './number-heap.ts';
import { NO_TOKEN, type RankLookup } from './vocabulary.ts';

/** A pair's key in the heap is rank × this + its position, so the lowest rank comes first, and of equals the leftmost. */
const POSITIONS = 2 ** 21;

/**
 * Byte-pair merge for pieces of any length, in O(n log n): parts are a linked list over byte positions, pairs wait in a
 * heap, and a pair that a neighbour's merge has changed is dropped when it comes up.
 */
export class LongMerge {
  #next = new Int32Array(0);
  #previous = new Int32Array(0);
  /** Rank of the pair that starts here, `NO_TOKEN` where there is none. */
  #ranks = new Int32Array(0);
  readonly #heap: NumberHeap = new NumberHeap();

  /** The number of tokens of `bytes[0, length)`. */
  count(bytes: Uint8Array, length: number, vocabulary: RankLookup): number {
    this.#start(length);
    for (let i = 0; i < length - 1; i++) this.#offer(i, vocabulary.rankOf(bytes, i, i + 2));
    let parts = length;
    for (let key = this.#heap.pop(); key !== undefined; key = this.#heap.pop()) {
      const rank = Math.floor(key / POSITIONS);
      const at = key - rank * POSITIONS;
      if (this.#ranks[at] !== rank) continue;
      this.#join(at);
      parts--;
      this.#renew(at, bytes, length, vocabulary);
      if (at > 0) this.#renew(this.#previous[at]!, bytes, length, vocabulary);
    }
    return parts;
  }

  #start(length: number): void {
    if (this.#next.length < length) {
      this.#next = new Int32Array(length);
      this.#previous = new Int32Array(length);
      this.#ranks = new Int32Array(length);
    }
    for (let i = 0; i < length; i++) {
      this.#next[i] = i + 1;
      this.#previous[i] = i - 1;
    }
    this.#ranks.fill(NO_TOKEN, 0, length);
  }

  /** Joins the part at `at` with the one behind it. */
  #join(at: number): void {
    const gone = this.#next[at]!;
    const after = this.#next[gone]!;
    this.#next[at] = after;
    if (after < this.#previous.length) this.#previous[after] = at;
    this.#ranks[gone] = NO_TOKEN;
  }

  #renew(at: number, bytes: Uint8Array, length: number, vocabulary: RankLookup): void {
    const next = this.#next[at]!;
    this.#offer(at, next < length ? vocabulary.rankOf(bytes, at, this.#next[next]!) : NO_TOKEN);
  }

  #offer(at: number, rank: number): void {
    this.#ranks[at] = rank;
    if (rank !== NO_TOKEN) this.#heap.push(rank * POSITIONS + at);
  }
}
