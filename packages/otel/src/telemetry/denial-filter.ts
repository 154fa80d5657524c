const MAX_KEYS = 1000;

/** Writes of a denial that was held back, and of how many like it were, beside it. */
type Tell = (suppressed: number) => void;

/** Lets one of many like denials through. Time is an argument (epoch ms). */
export interface DenialFilter {
  /** How many like it were held back since the last that passed; undefined: hold this one back. `tell` is then what `tellHeld` calls. */
  pass(key: string, now: number, tell?: Tell): number | undefined;
  /** Tells of what is held back, one for each key: nothing like it may come any more. */
  tellHeld(): void;
}

interface Key {
  since: number;
  held: number;
  tell?: Tell | undefined;
}

/** Passes one denial per key and `everyMs` (default: 10 s), so that a loop that is refused does not flood a backend. */
export function createDenialFilter(everyMs: number = 10_000): DenialFilter {
  const seen = new Map<string, Key>();
  return {
    pass(key, now, tell) {
      const last = seen.get(key);
      if (last !== undefined && now - last.since < everyMs) {
        last.held += 1;
        last.tell = tell;
        return undefined;
      }
      if (seen.size >= MAX_KEYS) forgetOlderThan(now - everyMs, seen);
      seen.set(key, { since: now, held: 0 });
      return last?.held ?? 0;
    },
    tellHeld() {
      for (const key of seen.values()) release(key);
    },
  };
}

function forgetOlderThan(time: number, seen: Map<string, Key>): void {
  for (const [name, key] of seen) {
    if (key.since > time) continue;
    release(key);
    seen.delete(name);
  }
}

function release(key: Key): void {
  const others = key.held - 1;
  key.held = 0;
  if (others >= 0) key.tell?.(others);
}
