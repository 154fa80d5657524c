export { DIMENSIONS, type Attribution, type Dimension } from './attribution.ts';
export { addUsage, emptyUsage, totalInput, totalOutput, type Usage } from './usage.ts';
export { formatUsd, MAX_USD, NANO_PER_USD, nanoToUsd, usdToNano } from './money.ts';
export type { CostOrigin, CostResult, UsageState } from './cost.ts';
export type { CallRecord, Outcome, UsageRow } from './call.ts';
export type { Budget } from './budget/budget.ts';
export type { BudgetSpec } from './budget/budget-spec.ts';
export type { Charged } from './budget/charge-totals.ts';
export type { Decision, Refusal, Refused } from './budget/decide.ts';
export { OUTPUT_FLOOR } from './budget/decide.ts';
export { parseDuration } from './budget/duration.ts';
export { createLedger, type CheckResult, type Ledger, type LedgerOptions } from './budget/ledger.ts';
export type { Audit, LedgerControl } from './budget/ledger-control.ts';
export type { BudgetDecision, ControlEntry, LedgerObserver } from './budget/ledger-observer.ts';
export { accountKey, type MatchRule, type Values } from './budget/match.ts';
export type { Amounts, Measures } from './budget/measures.ts';
export type { Need } from './budget/need.ts';
export { memoryStore, type MemoryStoreOptions } from './budget/memory-store.ts';
export { parseBudgets, type ParsedBudgets } from './budget/parse-budgets.ts';
export type { Reservation } from './budget/reservation.ts';
export type { Reach, Standing } from './budget/standing.ts';
export type {
  BudgetStore,
  ControlChange,
  ControlState,
  Lease,
  LeaseWant,
  SettledTotal,
  StoredAccount,
} from './budget/store.ts';
export { type CalendarKind, windowLabel, type Window } from './budget/window.ts';
export { BudgetExceededError } from './errors/budget-exceeded-error.ts';
export { BudgetStoreUnavailableError } from './errors/budget-store-unavailable-error.ts';
export { ConfigError, type ConfigIssue } from './errors/config-error.ts';
export { didYouMean } from './errors/did-you-mean.ts';
export type { GateCall } from './gate/gate-call.ts';
export { Gate, type GateParts, type UnknownPrice } from './gate/gate.ts';
export type { Admission, Hold } from './gate/hold.ts';
export type { CallEnd, Settlement } from './gate/settle.ts';
export { createSseTap, type SseTap } from './wire/sse/sse-tap.ts';
export { wireFor } from './wire/catalogue.ts';
export { providerOfHost, type Host } from './wire/hosts.ts';
export type { Operation, PriceContext, ReplyFacts, RequestFacts, Wire } from './wire/wire.ts';
export { OutputEstimator } from './tokens/output-estimator.ts';
export { TokenEstimator } from './tokens/token-estimator.ts';
export { boundInputTokens } from './tokens/input-bound.ts';
export { parsePriceOverrides, type ParsedPriceOverrides } from './pricing/overrides/parse-overrides.ts';
export type { PriceOverride } from './pricing/overrides/override.ts';
export type { PricePlan } from './pricing/plan.ts';
export type { PriceQuery } from './pricing/price-query.ts';
export { PriceTable, type PriceOverrides } from './pricing/price-table.ts';
export { costOf, type CostQuery } from './cost-of.ts';
export { SpanGate, type SpanGateCall, type SpanHold } from './gate/span-gate.ts';
export { retrievedResponse } from './wire/openai-responses/openai-responses.ts';
