// What providers of our own are built with: nothing of it is needed beside an app that has its own.
export { buildMetrics } from './own-metrics.ts';
export { ownResource } from './own-resource.ts';
export { startOwnSdk } from './own-sdk.ts';
export { buildTraces } from './own-traces.ts';
