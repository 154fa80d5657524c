import * as baggage from './attribution/baggage.ts';
import * as stainlessCall from './instrument/sdk/stainless-call.ts';
import { takeBundled } from './later.ts';
import * as ourPropagator from './providers/our-propagator.ts';
import * as own from './providers/own.ts';
import * as runtime from './runtime.ts';
import * as summaryStyle from './summary/summary-style.ts';
import * as summary from './summary/summary.ts';

// What bundlers take instead of index.ts: modules that are loaded by their path otherwise have to be in the one file too.
takeBundled({
  './runtime': runtime,
  './attribution/baggage': baggage,
  './providers/own': own,
  './providers/our-propagator': ourPropagator,
  './instrument/sdk/stainless-call': stainlessCall,
  './summary/summary-style': summaryStyle,
  './summary/summary': summary,
});

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
