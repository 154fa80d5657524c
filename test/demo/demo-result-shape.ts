import { count, flag, listOf, mapOf, objectOf, oneOf, text, type Shape } from './shape.ts';

const DIMENSIONS = ['team', 'user', 'session', 'agent', 'task', 'taskType', 'step', 'model', 'provider'];
const USAGE_CLASSES =
  'input cacheRead cacheWrite5m cacheWrite1h output reasoning audioIn audioCacheRead audioOut audioSeconds imageIn imageOut';
const AMOUNTS = 'calls denied attempts nanoUsd estimatedNanoUsd assumedNanoUsd unpricedCalls';
const REFUSALS = 'exhausted too-large contended paused unpriced untagged too-many-accounts store-away';

const values = mapOf(DIMENSIONS, text);
const measures = objectOf({ nanoUsd: { optional: count }, tokens: { optional: count }, calls: { optional: count } });

const usage = objectOf({
  ...counts(USAGE_CLASSES),
  tools: mapOf(undefined, count),
  reportedNanoUsd: { optional: count },
  subCalls: listOf(objectOf({ model: text, usage: mapOf(undefined, () => []) })),
});

const usageRow = objectOf({ by: values, usage, ...counts(AMOUNTS) });

const standing = objectOf({
  budget: text,
  key: text,
  account: values,
  window: text,
  opensAt: { optional: count },
  resetsAt: { optional: count },
  asOf: count,
  reach: oneOf(['process', 'host', 'shared']),
  store: text,
  limit: measures,
  spent: measures,
  reserved: measures,
  remaining: measures,
  closed: flag,
  paused: { optional: objectOf({ by: text, until: { optional: count } }) },
  invalid: { optional: text },
});

const hooked = objectOf({
  module: text,
  version: text,
  format: oneOf(['esm', 'cjs']),
  state: oneOf(['hooked', 'found-not-hooked', 'failed']),
  why: { optional: text },
});

/** What `npm run demo -- --json` has promised to print. */
export const demoResultShape: Shape = objectOf({
  version: oneOf([1]),
  by: objectOf({
    agent: listOf(usageRow),
    task: listOf(usageRow),
    step: listOf(usageRow),
    model: listOf(usageRow),
  }),
  budgets: listOf(standing),
  denials: listOf(objectOf({ budget: text, account: values, reason: oneOf(REFUSALS.split(' ')), at: count })),
  instrumented: listOf(hooked),
  ledger: objectOf({ nanoUsd: count, calls: count, attempts: count }),
  server: objectOf({ nanoUsd: count, requests: count }),
});

function counts(names: string): Record<string, Shape> {
  return Object.fromEntries(names.split(' ').map((name) => [name, count]));
}
