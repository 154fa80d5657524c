import { NO_TOKEN, type RankLookup } from './vocabulary.ts';

/** Pieces up to this many bytes are merged by scanning an array, which is faster than a heap while it is short. */
export const SHORT_PIECE = 48;

const starts = new Int32Array(SHORT_PIECE + 2);
const ranks = new Int32Array(SHORT_PIECE + 2);

/** Byte-pair merge of `bytes[0, length)`; the number of tokens that remain. `length` is at most `SHORT_PIECE`. */
export function mergeShort(bytes: Uint8Array, length: number, vocabulary: RankLookup): number {
  let parts = length;
  for (let i = 0; i <= length; i++) starts[i] = i;
  // ranks[i] is the rank of part i joined with the next one.
  for (let i = 0; i < length - 1; i++) ranks[i] = vocabulary.rankOf(bytes, i, i + 2);
  for (;;) {
    const lowest = lowestPair(parts - 1);
    if (lowest === NO_TOKEN) return parts;
    parts--;
    for (let i = lowest + 1; i <= parts; i++) {
      starts[i] = starts[i + 1]!;
      ranks[i] = ranks[i + 1]!;
    }
    if (lowest < parts - 1) ranks[lowest] = vocabulary.rankOf(bytes, starts[lowest]!, starts[lowest + 2]!);
    if (lowest > 0) ranks[lowest - 1] = vocabulary.rankOf(bytes, starts[lowest - 1]!, starts[lowest + 1]!);
  }
}

/** Index of the leftmost pair of the lowest rank among the first `pairs`, or `NO_TOKEN` where none can be merged. */
function lowestPair(pairs: number): number {
  let best = NO_TOKEN;
  let bestRank = Infinity;
  for (let i = 0; i < pairs; i++) {
    const rank = ranks[i]!;
    if (rank !== NO_TOKEN && rank < bestRank) {
      bestRank = rank;
      best = i;
    }
  }
  return best;
}
