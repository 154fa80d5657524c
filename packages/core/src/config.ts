// Budgets and prices as people write them, read and checked. No promise of stability between versions.
export { parseBudgets, type ParsedBudgets } from './budget/spec/parse-budgets.ts';
export { parsePriceOverrides, type ParsedPriceOverrides } from './pricing/overrides/parse-overrides.ts';
