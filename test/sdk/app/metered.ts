import type { UsageRow } from '@tollgate/otel';
import type { Metered, Tokens } from '../scenario.ts';
import type { Stage } from './play.ts';

/** Runs a scenario as a task of its own, and reads from the handle of this process what was made of it. */
export async function meterScenario(): Promise<Stage['around']> {
  // Not loaded at all in runs without us.
  const { attribute, BudgetExceededError, register } = await import('@tollgate/otel');
  const tollgate = register();
  return async (task, run) => {
    const records: Metered['records'] = [];
    const stop = tollgate.on('call', ({ outcome, attempts, cost, provider }) =>
      records.push({ outcome, attempts, state: cost.state, nanoUsd: cost.nanoUsd, provider }),
    );
    const errors = await attribute({ agent: 'tester', task }, run);
    stop();
    const row = tollgate.usage({ by: ['task'] }).find(({ by }) => by.task === task);
    return { row: rowOf(row), records, refusals: errors.map((error) => BudgetExceededError.is(error)) };
  };
}

/** A task that has made no call has no row. */
function rowOf(row: UsageRow | undefined): Metered['row'] {
  if (row === undefined) return { calls: 0, denied: 0, attempts: 0, nanoUsd: 0, estimatedNanoUsd: 0, usage: {} };
  const { calls, denied, attempts, nanoUsd, estimatedNanoUsd, usage } = row;
  return { calls, denied, attempts, nanoUsd, estimatedNanoUsd, usage: tokensOf(usage) };
}

/** Our classes in the words of the provider's bill. */
function tokensOf(usage: object): Tokens {
  const tokens: Tokens = {};
  for (const [kind, count] of Object.entries(usage) as [string, unknown][]) {
    if (typeof count === 'number' && count > 0) tokens[kind] = count;
  }
  const searches = (usage as { tools?: Record<string, number> }).tools?.['web_search'] ?? 0;
  return searches > 0 ? { ...tokens, webSearches: searches } : tokens;
}
