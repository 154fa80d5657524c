export { DIMENSIONS, type Attribution, type Dimension } from './attribution.ts';
export { addUsage, emptyUsage, totalInput, totalOutput, type Usage } from './usage.ts';
export { formatUsd, MAX_USD, NANO_PER_USD, nanoToUsd, usdToNano } from './money.ts';
export type { CostOrigin, CostResult, UsageState } from './cost.ts';
export type { CallRecord, Outcome, UsageRow } from './call.ts';
export type { BudgetSpec } from './budget/spec/budget-spec.ts';
export type { Refusal } from './budget/decide.ts';
export type { Audit } from './budget/ledger/ledger-control.ts';
export type { Measures } from './budget/measures.ts';
export { memoryStore, type MemoryStoreOptions } from './budget/store/memory-store.ts';
export type { Reach, Standing } from './budget/standing.ts';
export type {
  BudgetStore,
  ControlChange,
  ControlState,
  Lease,
  LeaseWant,
  SettledTotal,
  StoredAccount,
} from './budget/store/store.ts';
export { BudgetExceededError } from './errors/budget-exceeded-error.ts';
export { BudgetStoreUnavailableError } from './errors/budget-store-unavailable-error.ts';
export { ConfigError, type ConfigIssue } from './errors/config-error.ts';
export type { PriceContext } from './wire/wire.ts';
export type { PriceOverride } from './pricing/overrides/override.ts';
export type { PricePlan } from './pricing/plan.ts';
export type { PriceQuery } from './pricing/price-query.ts';
export { PriceTable, type PriceOverrides } from './pricing/price-table.ts';
export { costOf, type CostQuery } from './cost-of.ts';
