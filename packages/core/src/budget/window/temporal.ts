import type { Temporal as TemporalNamespace } from 'temporal-polyfill';

type Temporal = typeof TemporalNamespace;

let loaded: Temporal | undefined;

/**
 * Temporal, the runtime's own where it has one. The polyfill takes about 20 ms to load, so a process without a zoned window
 * must not pay for it; and a window is asked for in the middle of a synchronous decision, so `import()` is too late.
 */
export function temporal(): Temporal {
  loaded ??= (globalThis as { Temporal?: Temporal }).Temporal ?? load();
  return loaded;
}

function load(): Temporal {
  // Reached through the process object, so that bundlers for other runtimes do not trip over a `node:` import.
  const { createRequire } = process.getBuiltinModule('node:module');
  const polyfill: { Temporal: Temporal } = createRequire(import.meta.url)('temporal-polyfill');
  return polyfill.Temporal;
}
