import { LongMerge } from './merge-long.ts';
import { mergeShort, SHORT_PIECE } from './merge-short.ts';
import { SLICE_LENGTH, sliceEnd } from './slice-text.ts';
import { writeUtf8 } from './utf8.ts';
import { NO_TOKEN, Vocabulary } from './vocabulary.ts';

/** An encoding as js-tiktoken's `ranks/*` modules hold it. */
export interface EncodingRanks {
  pat_str: string;
  bpe_ranks: string;
}

/**
 * Counts the tokens of one encoding, as its reference encoder would, in time linear in the text: 16,000 spaces cost
 * milliseconds. Special tokens in the text are ordinary text. A run of more than 21,845 characters without any boundary
 * is merged in parts of that length, which can count a few tokens more per part.
 */
export class TokenCounter {
  readonly #vocabulary: Vocabulary;
  readonly #piece: RegExp;
  readonly #bytes: Uint8Array = new Uint8Array(SLICE_LENGTH * 3);
  readonly #long: LongMerge = new LongMerge();

  constructor(ranks: EncodingRanks) {
    this.#vocabulary = new Vocabulary(ranks.bpe_ranks);
    this.#piece = new RegExp(ranks.pat_str, 'uy');
  }

  count(text: string): number {
    return this.countUpTo(text, Infinity);
  }

  /** Counts until more than `limit` tokens are found: exact up to `limit`, above it only known to be above. */
  countUpTo(text: string, limit: number): number {
    let tokens = 0;
    for (let from = 0; from < text.length && tokens <= limit;) {
      const to = sliceEnd(text, from);
      tokens += this.#countSlice(text.slice(from, to), limit - tokens);
      from = to;
    }
    return tokens;
  }

  #countSlice(text: string, limit: number): number {
    const piece = this.#piece;
    piece.lastIndex = 0;
    let tokens = 0;
    let from = 0;
    // The alternatives of every pattern together match any character, so pieces are contiguous.
    while (from < text.length && tokens <= limit && piece.test(text)) {
      tokens += this.#countPiece(text, from, piece.lastIndex);
      from = piece.lastIndex;
    }
    return tokens;
  }

  #countPiece(text: string, from: number, to: number): number {
    const bytes = this.#bytes;
    const size = writeUtf8(text, from, to, bytes);
    if (size === 1 || this.#vocabulary.rankOf(bytes, 0, size) !== NO_TOKEN) return 1;
    if (size <= SHORT_PIECE) return mergeShort(bytes, size, this.#vocabulary);
    return this.#long.count(bytes, size, this.#vocabulary);
  }
}
