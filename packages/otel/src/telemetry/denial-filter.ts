const MAX_KEYS = 1000;

/** Lets one of many like denials through. Time is an argument (epoch ms). */
export interface DenialFilter {
  /** How many like it were held back since the last that passed; undefined: hold this one back. */
  pass(key: string, now: number): number | undefined;
}

/** Passes one denial per key and `everyMs` (default: 10 s), so that a loop that is refused does not flood a backend. */
export function createDenialFilter(everyMs: number = 10_000): DenialFilter {
  const seen = new Map<string, { since: number; held: number }>();
  return {
    pass(key, now) {
      const last = seen.get(key);
      if (last !== undefined && now - last.since < everyMs) {
        last.held += 1;
        return undefined;
      }
      if (seen.size >= MAX_KEYS) forgetOlderThan(now - everyMs, seen);
      seen.set(key, { since: now, held: 0 });
      return last?.held ?? 0;
    },
  };
}

function forgetOlderThan(time: number, seen: Map<string, { since: number }>): void {
  for (const [key, { since }] of seen) if (since <= time) seen.delete(key);
}
