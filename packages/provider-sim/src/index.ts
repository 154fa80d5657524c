export { startProvider, type Provider } from './start-provider.ts';
export type { ProviderOptions } from './provider-desk.ts';
export { inOrder, type Fault, type PlannedToolCall, type ReplyPlan, type Script } from './plan.ts';
export type { Family, Flavour, JsonObject, SimRequest } from './sim-request.ts';
export type { RecordedRequest } from './recorded-request.ts';
export type { Bill, BillInstant, BillLine } from './bill/bill.ts';
export type { BilledUsage } from './bill/billed-usage.ts';
export { PRICE_LIST, type Mode, type Price, type PriceList, type Rates } from './bill/price-list.ts';
export { countTokens } from './replies/split-tokens.ts';
