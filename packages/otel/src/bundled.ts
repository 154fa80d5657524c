import { takeBundled } from './later.ts';
import { PARTS } from './parts.ts';

// What bundlers take instead of index.ts: modules that are loaded by their path otherwise have to be in the one file too.
takeBundled(PARTS);

export {
  attribute,
  BudgetExceededError,
  budgetSpanProcessor,
  BudgetStoreUnavailableError,
  ConfigError,
  currentAttribution,
  instrument,
  instrumentations,
  register,
  withAgent,
  withStep,
  withTask,
} from './index.ts';
