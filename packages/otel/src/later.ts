import { createRequire } from 'node:module';

/** What is loaded late, by its path from here without extension. Each may also be put into one file by a bundler: see parts.ts. */
export interface Parts {
  './attribution/baggage': Pick<typeof import('./attribution/baggage.ts'), 'createBaggageCarrier'>;
  './attribution/hashed-budgets': Pick<typeof import('./attribution/hashed-budgets.ts'), 'withHashedUsers'>;
  './content/content-capture': Pick<typeof import('./content/content-capture.ts'), 'captureContent'>;
  './handle/questions': Pick<
    typeof import('./handle/questions.ts'),
    'checkAudit' | 'checkTimedAudit' | 'hashSpec' | 'readNeed' | 'readUsageQuery' | 'scopeReader'
  >;
  './instrument/sdk/stainless-call': Pick<
    typeof import('./instrument/sdk/stainless-call.ts'),
    'meteredRequest' | 'observedFetch' | 'observedReading'
  >;
  './options/check-budgets': Pick<typeof import('./options/check-budgets.ts'), 'budgets'>;
  './options/check-prices': Pick<typeof import('./options/check-prices.ts'), 'prices'>;
  './options/ignored-options': Pick<typeof import('./options/ignored-options.ts'), 'ignoredOptions'>;
  './providers/our-propagator': Pick<typeof import('./providers/our-propagator.ts'), 'ourPropagator'>;
  './providers/own': Pick<
    typeof import('./providers/own.ts'),
    'buildMetrics' | 'buildTraces' | 'ownResource' | 'startOwnSdk'
  >;
  './runtime': Pick<typeof import('./runtime.ts'), 'createRuntime'>;
  './summary/summary': Pick<typeof import('./summary/summary.ts'), 'renderSummary'>;
  './summary/summary-style': Pick<typeof import('./summary/summary-style.ts'), 'shouldPrintSummary' | 'summaryStyle'>;
}

const load = createRequire(import.meta.url);
/** The sources run as they are, too. */
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const bundled: Partial<Parts> = {};

/**
 * A part of this package that is loaded when it is first asked for, and then at once. Most of us is needed by the first call
 * of an app and not before, and to load it takes as long as to load an SDK.
 */
export function later<Path extends keyof Parts>(path: Path): () => Parts[Path] {
  let loaded: Parts[Path] | undefined;
  return () => (loaded ??= bundled[path] ?? (load(`${path}.${EXTENSION}`) as Parts[Path]));
}

/** Takes the parts that are in one file with this one, where they can't be loaded by their path. */
export function takeBundled(parts: Parts): void {
  Object.assign(bundled, parts);
}
