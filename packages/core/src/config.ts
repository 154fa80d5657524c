// What a configuration is read and checked with, and the errors: all of core that a process needs before its first call.
// No promise of stability between versions.
export { DIMENSIONS, type Attribution, type Dimension } from './attribution.ts';
export { usdToNano } from './money.ts';
export { parseDuration } from './budget/duration.ts';
export { parseBudgets, type ParsedBudgets } from './budget/parse-budgets.ts';
export { parsePriceOverrides, type ParsedPriceOverrides } from './pricing/overrides/parse-overrides.ts';
export { PROVIDER_NAMES } from './pricing/provider-names.ts';
export { BudgetExceededError } from './errors/budget-exceeded-error.ts';
export { BudgetStoreUnavailableError } from './errors/budget-store-unavailable-error.ts';
export { ConfigError, type ConfigIssue } from './errors/config-error.ts';
export { didYouMean } from './errors/did-you-mean.ts';
