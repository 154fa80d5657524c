import * as baggage from './attribution/baggage.ts';
import * as hashedBudgets from './attribution/hashed-budgets.ts';
import * as questions from './handle/questions.ts';
import * as stainlessCall from './instrument/sdk/stainless-call.ts';
import type { Parts } from './later.ts';
import * as ourPropagator from './providers/our-propagator.ts';
import * as checkBudgets from './options/check-budgets.ts';
import * as checkPrices from './options/check-prices.ts';
import * as own from './providers/own.ts';
import * as runtime from './runtime.ts';
import * as summaryStyle from './summary/summary-style.ts';
import * as summary from './summary/summary.ts';

/** All that is loaded late, loaded at once: for bundlers, and for tests, whose modules are not Node's own. */
export const PARTS: Parts = {
  './runtime': runtime,
  './attribution/baggage': baggage,
  './attribution/hashed-budgets': hashedBudgets,
  './handle/questions': questions,
  './options/check-budgets': checkBudgets,
  './options/check-prices': checkPrices,
  './providers/own': own,
  './providers/our-propagator': ourPropagator,
  './instrument/sdk/stainless-call': stainlessCall,
  './summary/summary-style': summaryStyle,
  './summary/summary': summary,
};
