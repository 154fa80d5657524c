import { formatUsd, totalInput, totalOutput, type UsageRow } from '@tollgate/core';
import { compact, plural } from '@tollgate/core/plugin';

/** What the rows of any one dimension add up to. */
export interface Totals {
  calls: number;
  denied: number;
  attempts: number;
  inputTokens: number;
  outputTokens: number;
  nanoUsd: number;
}

/** Adds up rows of one dimension. */
export function totalsOf(rows: readonly UsageRow[]): Totals {
  const totals = { calls: 0, denied: 0, attempts: 0, inputTokens: 0, outputTokens: 0, nanoUsd: 0 };
  for (const row of rows) {
    totals.calls += row.calls;
    totals.denied += row.denied;
    totals.attempts += row.attempts;
    totals.inputTokens += totalInput(row.usage);
    totals.outputTokens += totalOutput(row.usage);
    totals.nanoUsd += row.nanoUsd;
  }
  return totals;
}

/** `$0.1234 · 42 calls · 48.5k tokens · 3 refused` */
export function totalsLine({ nanoUsd, calls, denied, inputTokens, outputTokens }: Totals): string {
  const refused = denied > 0 ? [`${compact(denied)} refused`] : [];
  return [formatUsd(nanoUsd), plural(calls, 'call'), `${compact(inputTokens + outputTokens)} tokens`, ...refused].join(
    ' · ',
  );
}
