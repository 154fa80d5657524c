import { RECORDED } from '../promql/recorded.ts';

const { windowStart, windowEnd } = RECORDED;

/** Seconds that an account's window is long. A rolling one has no end, and begins its length ago; a `total` one has no length. */
export const WINDOW_SECONDS: string = `(${windowEnd}{window!="rolling"} - ${windowStart} or time() - ${windowStart}{window="rolling"})`;
