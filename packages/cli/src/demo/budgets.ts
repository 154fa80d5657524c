import type { BudgetSpec } from '@tollgate/otel';

/** The name of the budget that ends the loop. */
export const LOOP_BUDGET = 'one-task';

/** The budgets of the demo: small enough that a run against the real providers costs less than half a dollar. */
export const BUDGETS: BudgetSpec[] = [
  { name: 'company-day', limit: { usd: 0.5 }, window: 'day', reserve: 'max' },
  { name: 'agent-day', limit: { usd: 0.15, calls: 200 }, window: 'day', by: ['agent'], warnAt: [0.3, 0.8] },
  { name: LOOP_BUDGET, limit: { usd: 0.06, calls: 60 }, window: 'total', by: ['task'], warnAt: [0.75] },
  { name: 'opus-hour', limit: { calls: 100 }, window: 'hour', match: { model: 'claude-opus-*' } },
  { name: 'research-tokens', limit: { tokens: 250_000 }, window: { rolling: '24h' }, match: { agent: 'researcher' } },
];
