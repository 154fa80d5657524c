import type { Attribution } from '@tollgate/core';
import type { BudgetMetrics } from './budget-metrics.ts';
import { KEY } from '../conventions.ts';
import type { EndedTask } from './call-metrics.ts';
import { openCallSpan, type SpanHost } from './call-span.ts';
import { createDenialFilter } from './denial-filter.ts';
import { createFaults, type Faults } from './faults.ts';
import type { EndedCall } from './inference-metrics.ts';
import { createMetering, type Metering, type MeteringSource } from './metering.ts';
import { openScopeSpan, type ScopeKind, type ScopeSpan } from './scope-span.ts';
import type { CallTelemetry } from './telemetry.ts';

/** Where telemetry goes, and what it is read from. */
export interface TelemetryOptions extends MeteringSource {
  /** One line for the operator. */
  log(line: string): void;
}

/** Everything that leaves this process about calls and budgets. Nothing here throws. */
export interface Telemetry extends CallTelemetry {
  readonly faults: Faults;
  /** Opens the span of an agent, a task or a step. */
  openScope(scope: { kind: ScopeKind; name: string; at: Attribution }): ScopeSpan;
  /** Counts a call that has no span of ours. True if it is in this process's metrics now. */
  count(call: EndedCall): boolean;
  /** Whether calls are put into this process's metrics at the moment. */
  isMetering(): boolean;
  taskEnded(task: EndedTask): void;
  readonly budgets: Omit<BudgetMetrics, 'observe'>;
  /** A request to the store has failed. */
  storeFailed(store: string): void;
  /** Makes spans of denials that were held back; before a flush of the tracer's provider. */
  tellHeld(): void;
}

/** Joins spans and metrics into the one place where calls leave. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const faults = createFaults();
  const metering = createMetering(options);
  const host = spanHost(options, faults, metering);
  faults.listen(() => metering()?.recorder.add('tollgate.internal.errors', 1, NO_LABELS));

  function quietly(record: (to: Metering) => void): boolean {
    const counted = (): boolean => {
      const to = metering();
      if (to !== undefined) record(to);
      return to !== undefined;
    };
    return faults.guard('metrics', counted, false);
  }
  return {
    faults,
    open: (call) => openCallSpan(host, call),
    openScope: (scope) => openScopeSpan(host, scope),
    count: (call) => quietly((to) => to.calls.recordCall(call, 0)),
    isMetering: () => quietly(() => {}),
    taskEnded: (task) => void quietly((to) => to.calls.taskEnded(task)),
    budgets: {
      decided: (account, decision, reason) => void quietly((to) => to.budgets.decided(account, decision, reason)),
      charged: (account, by) => void quietly((to) => to.budgets.charged(account, by)),
      overrun: (account, by) => void quietly((to) => to.budgets.overrun(account, by)),
    },
    storeFailed: (store) =>
      void quietly((to) => to.recorder.add('tollgate.store.errors', 1, to.sets.of([KEY.store, store]).attributes)),
    tellHeld: () => host.denials.tellHeld(),
  };
}

const NO_LABELS = {};
const NOTHING = (): void => {};

function spanHost(options: TelemetryOptions, faults: Faults, metering: () => Metering | undefined): SpanHost {
  return {
    tracer: () => options.signals.tracer(),
    faults,
    denials: createDenialFilter(),
    denialLines: createDenialFilter(),
    log: (line) => options.log(line),
    opened: (call) => metering()?.calls.opened(call) ?? NOTHING,
    closed(call, record, { details, failedAttempts }) {
      const to = metering();
      to?.calls.recordCall({ record, details, server: call.server }, failedAttempts);
      return to !== undefined;
    },
  };
}
