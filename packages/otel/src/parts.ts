import { createBaggageCarrier } from './attribution/baggage.ts';
import { withHashedUsers } from './attribution/hashed-budgets.ts';
import { captureContent } from './content/content-capture.ts';
import { checkAudit, checkTimedAudit, hashSpec, readNeed, readUsageQuery, scopeReader } from './handle/questions.ts';
import { meteredRequest, observedFetch, observedReading } from './instrument/sdk/stainless-call.ts';
import type { Parts } from './later.ts';
import { budgets } from './options/check-budgets.ts';
import { prices } from './options/check-prices.ts';
import { ignoredOptions } from './options/ignored-options.ts';
import { ourPropagator } from './providers/our-propagator.ts';
import { buildMetrics, buildTraces, ownResource, startOwnSdk } from './providers/own.ts';
import { createRuntime } from './runtime.ts';
import { renderSummary } from './summary/summary.ts';
import { shouldPrintSummary, summaryStyle } from './summary/summary-style.ts';

/** All that is loaded late, loaded at once: for bundlers, and for tests, whose modules are not Node's own. */
export const PARTS: Parts = {
  './attribution/baggage': { createBaggageCarrier },
  './attribution/hashed-budgets': { withHashedUsers },
  './content/content-capture': { captureContent },
  './handle/questions': { checkAudit, checkTimedAudit, hashSpec, readNeed, readUsageQuery, scopeReader },
  './instrument/sdk/stainless-call': { meteredRequest, observedFetch, observedReading },
  './options/check-budgets': { budgets },
  './options/check-prices': { prices },
  './options/ignored-options': { ignoredOptions },
  './providers/our-propagator': { ourPropagator },
  './providers/own': { buildMetrics, buildTraces, ownResource, startOwnSdk },
  './runtime': { createRuntime },
  './summary/summary': { renderSummary },
  './summary/summary-style': { shouldPrintSummary, summaryStyle },
};
