export { DIMENSIONS, type Attribution, type Dimension } from './attribution.ts';
export { addUsage, emptyUsage, totalInput, totalOutput, type Usage } from './usage.ts';
export { formatUsd, MAX_USD, NANO_PER_USD, nanoToUsd, usdToNano } from './money.ts';
export type { CostOrigin, CostResult, UsageState } from './cost.ts';
export type { CallRecord, Outcome, UsageRow } from './call.ts';
export type { Refusal } from './budget/decide.ts';
