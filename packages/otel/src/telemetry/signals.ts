import type { Meter, Tracer } from '@opentelemetry/api';

/** Where spans and metrics go at the moment. Asked at every call, since an app may register its providers at any time. */
export interface Signals {
  /** Undefined where traces go nowhere. */
  tracer(): Tracer | undefined;
  /** Undefined where metrics go nowhere. The same object for as long as they go to the same place. */
  meter(): Meter | undefined;
}
