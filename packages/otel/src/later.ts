import { createRequire } from 'node:module';

/** What is loaded late, by its path from here without extension. Each may also be put into one file by a bundler: see parts.ts. */
export interface Parts {
  './attribution/baggage': typeof import('./attribution/baggage.ts');
  './attribution/hashed-budgets': typeof import('./attribution/hashed-budgets.ts');
  './handle/questions': typeof import('./handle/questions.ts');
  './instrument/sdk/stainless-call': typeof import('./instrument/sdk/stainless-call.ts');
  './options/check-budgets': typeof import('./options/check-budgets.ts');
  './options/check-prices': typeof import('./options/check-prices.ts');
  './providers/own': typeof import('./providers/own.ts');
  './providers/our-propagator': typeof import('./providers/our-propagator.ts');
  './runtime': typeof import('./runtime.ts');
  './summary/summary': typeof import('./summary/summary.ts');
  './summary/summary-style': typeof import('./summary/summary-style.ts');
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
