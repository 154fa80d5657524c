// All of core that a process needs before its first call: errors, names and words. No promise of stability between versions.
export { DIMENSIONS, type Attribution, type Dimension } from './attribution.ts';
export { usdToNano } from './money.ts';
export { parseDuration } from './budget/window/duration.ts';
export { PROVIDER_NAMES } from './pricing/provider-names.ts';
export { BudgetExceededError } from './errors/budget-exceeded-error.ts';
export { BudgetStoreUnavailableError } from './errors/budget-store-unavailable-error.ts';
export { ConfigError, type ConfigIssue } from './errors/config-error.ts';
export { didYouMean } from './errors/did-you-mean.ts';
