import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace, type Context, type ContextManager } from '@opentelemetry/api';
import { TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { SeenSpan } from '../scenario.ts';

// The app's own OpenTelemetry, with and without us: a real provider whose processor keeps what ends. NodeSDK would do the
// same, and take longer to load than all scenarios take to run.
const ended: SeenSpan[] = [];
let open = 0;

const recorder: SpanProcessor = {
  onStart() {
    open += 1;
  },
  onEnd(span) {
    open -= 1;
    ended.push({
      name: span.name,
      kind: span.kind,
      scope: span.instrumentationScope.name,
      status: span.status,
      attributes: { ...span.attributes },
      events: span.events.map(({ name, attributes }) => ({ name, attributes: { ...attributes } })),
    });
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

const contexts = new AsyncLocalStorage<Context>();
const manager: ContextManager = {
  active: () => contexts.getStore() ?? ROOT_CONTEXT,
  with: (active, fn, thisArg, ...args) => contexts.run(active, () => fn.call(thisArg, ...args)),
  bind: (_active, target) => target,
  enable: () => manager,
  disable: () => manager,
};

context.setGlobalContextManager(manager);
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [recorder] }));

/** The spans that ended since the last time it was asked, and how many are open. */
export function takeSpans(): { spans: SeenSpan[]; openSpans: number } {
  return { spans: ended.splice(0), openSpans: open };
}
