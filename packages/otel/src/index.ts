export {
  BudgetExceededError,
  BudgetStoreUnavailableError,
  ConfigError,
  type BudgetSpec,
  type ConfigIssue,
  type Standing,
  type UsageRow,
} from '@tollgate/core';
export { attribute, currentAttribution, withAgent, withStep, withTask, type Task } from './attribution.ts';
export type { Events } from './book/events.ts';
export type { Audit, BudgetControl, CheckAnswer, Tollgate } from './handle.ts';
export type { Hooked } from './instrument/hook-report.ts';
export { instrument } from './instrument.ts';
export { instrumentations, type TollgateInstrumentation } from './instrumentations.ts';
export type { RegisterOptions } from './options/register-options.ts';
export { budgetSpanProcessor, type BudgetSpanProcessor } from './budget-span-processor.ts';
export { register } from './register.ts';
