import { SLICE_LENGTH, sliceEnd } from './slice-text.ts';
import type { TokenCounter } from './token-counter.ts';

/** How a long count lets others run, e.g. `setImmediate` of `node:timers/promises`. */
export type Pause = () => Promise<unknown>;

/**
 * The tokens of all texts together, pausing between slices of at most 64 KiB; the same figure as `counter.count` of
 * each. Stops once it is above `limit`, and is then only known to be above.
 */
export async function countTexts(
  counter: TokenCounter,
  texts: Iterable<string>,
  pause: Pause,
  limit: number = Infinity,
): Promise<number> {
  let tokens = 0;
  let sincePause = 0;
  for (const text of texts) {
    for (let from = 0; from < text.length;) {
      const to = sliceEnd(text, from);
      sincePause += to - from;
      if (sincePause > SLICE_LENGTH) {
        await pause();
        sincePause = to - from;
      }
      tokens += counter.countUpTo(text.slice(from, to), limit - tokens);
      if (tokens > limit) return tokens;
      from = to;
    }
  }
  return tokens;
}
