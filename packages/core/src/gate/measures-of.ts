import type { Measures } from '../budget/measures.ts';
import type { CostResult } from '../cost.ts';
import { totalInput, totalOutput } from '../usage.ts';

/** What budgets are charged for a call of this cost; `assumedNanoUsd` stands in where there is no price. */
export function measuresOf({ usage, nanoUsd }: CostResult, assumedNanoUsd: number | undefined): Measures {
  return {
    nanoUsd: nanoUsd ?? assumedNanoUsd ?? 0,
    tokens: totalInput(usage) + totalOutput(usage),
    cachedTokens: usage.cacheRead + usage.audioCacheRead,
    calls: 1,
  };
}
