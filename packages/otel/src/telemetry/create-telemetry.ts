import type { Attribution } from '@tollgate/core';
import { AccountCounters } from './account-counters.ts';
import type { AccountRef, BudgetMetrics } from './budget-metrics.ts';
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
  readonly budgets: BudgetTelemetry;
  /** A request to the store has failed. */
  storeFailed(store: string): void;
  /** Makes spans of denials that were held back; before a flush of the tracer's provider. */
  tellHeld(): void;
}

/** What budgets do. */
export interface BudgetTelemetry extends Pick<BudgetMetrics, 'decided' | 'overrun'> {
  /** The counters of an account, to be kept for as long as it lives: most calls are allowed and charged. */
  countersOf(account: AccountRef): AccountCounters;
}

/** Joins spans and metrics into the one place where calls leave. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const faults = createFaults();
  const look = createMetering(options);
  let found: Metering | undefined;
  // An app may register its provider at any time: that is looked for as a call opens, and once per call.
  const lookAgain = (): Metering | undefined => (found = look());
  const metering = (): Metering | undefined => found ?? lookAgain();
  const host = spanHost(options, faults, { metering, lookAgain });
  faults.listen(() => metering()?.recorder.add('tollgate.internal.errors', 1, NO_LABELS));

  function quietly(record: (to: Metering) => void, where = lookAgain): boolean {
    const counted = (): boolean => {
      const to = where();
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
      decided: (account, decision, reason) =>
        void quietly((to) => to.budgets.decided(account, decision, reason), metering),
      overrun: (account, by) => void quietly((to) => to.budgets.overrun(account, by), metering),
      countersOf: (account) => new AccountCounters({ metering, faults }, account),
    },
    storeFailed: (store) =>
      void quietly((to) => to.recorder.add('tollgate.store.errors', 1, to.sets.of([KEY.store, store]).attributes)),
    tellHeld: () => host.denials.tellHeld(),
  };
}

const NO_LABELS = {};
const NOTHING = (): void => {};

/** The metrics that were last found, and those of now. */
interface MeteringLook {
  metering: () => Metering | undefined;
  lookAgain: () => Metering | undefined;
}

function spanHost(options: TelemetryOptions, faults: Faults, { metering, lookAgain }: MeteringLook): SpanHost {
  return {
    tracer: () => options.signals.tracer(),
    faults,
    denials: createDenialFilter(),
    denialLines: createDenialFilter(),
    log: (line) => options.log(line),
    opened: (call) => lookAgain()?.calls.opened(call) ?? NOTHING,
    closed(call, record, { details, failedAttempts }) {
      const to = metering();
      to?.calls.recordCall({ record, details, server: call.server }, failedAttempts);
      return to !== undefined;
    },
  };
}
