import { TokenCounter, type EncodingRanks } from './token-counter.ts';

/** The encodings that differ in what they count: `gpt2` counts as `r50k_base`, `p50k_edit` as `p50k_base`. */
export type EncodingName = 'o200k_base' | 'cl100k_base' | 'p50k_base' | 'r50k_base';

const RANKS: Record<EncodingName, () => Promise<{ default: EncodingRanks }>> = {
  o200k_base: () => import('js-tiktoken/ranks/o200k_base'),
  cl100k_base: () => import('js-tiktoken/ranks/cl100k_base'),
  p50k_base: () => import('js-tiktoken/ranks/p50k_base'),
  r50k_base: () => import('js-tiktoken/ranks/r50k_base'),
};

const loading = new Map<EncodingName, Promise<TokenCounter>>();
const loaded = new Map<EncodingName, TokenCounter>();

/**
 * Loads an encoding, once per process: some 2 MB of ranks, which block the event loop for tens of milliseconds.
 * Rejects where the ranks can't be imported.
 */
export function loadEncoding(name: EncodingName): Promise<TokenCounter> {
  let counter = loading.get(name);
  if (counter === undefined) {
    counter = RANKS[name]().then(({ default: ranks }) => {
      const built = new TokenCounter(ranks);
      loaded.set(name, built);
      return built;
    });
    loading.set(name, counter);
  }
  return counter;
}

/** The encoding if `loadEncoding` has finished for it; never loads. */
export function loadedEncoding(name: EncodingName): TokenCounter | undefined {
  return loaded.get(name);
}
