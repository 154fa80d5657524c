import { later } from './later.ts';
import { shared } from './shared.ts';

const calls = later('./instrument/sdk/stainless-call');

/** A start is over by then, and a server seldom has its first request before. */
const AFTER_MS = 1_000;

/**
 * Loads what the first call needs once the start is over, so that the call does not wait for it: loading blocks for some
 * hundred milliseconds. A call that comes earlier loads it itself; a process that ends earlier never does.
 */
export function warmUpLater(): void {
  setTimeout(() => {
    calls();
    shared.meter?.warmUp();
  }, AFTER_MS).unref();
}
