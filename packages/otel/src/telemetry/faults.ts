import { diag } from '@opentelemetry/api';

/** Keeps our own faults away from the app: they go to OpenTelemetry's `diag` and are counted, nothing else. */
export interface Faults {
  /** Runs `fn`; where it throws, the fault is reported and `otherwise` returned. Not for code of the app. */
  guard<T>(where: string, fn: () => T, otherwise: T): T;
  report(where: string, fault: unknown): void;
  /** Called with each fault from now on, to count it. */
  listen(listener: () => void): void;
}

/** Makes the one sink for our own faults. */
export function createFaults(): Faults {
  let counted: () => void = () => {};
  function report(where: string, fault: unknown): void {
    diag.error(`tollgate: fault in ${where}, the call goes on`, fault);
    try {
      counted();
    } catch (again) {
      diag.error('tollgate: the fault could not be counted', again);
    }
  }
  return {
    report,
    guard(where, fn, otherwise) {
      try {
        return fn();
      } catch (fault) {
        report(where, fault);
        return otherwise;
      }
    },
    listen: (listener) => {
      counted = listener;
    },
  };
}
