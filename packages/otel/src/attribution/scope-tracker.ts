import { BudgetExceededError, type Attribution } from '@tollgate/core';
import { openRollup, type Rollup } from '../book/rollup.ts';
import type { Telemetry } from '../telemetry/create-telemetry.ts';

/** An agent, task or step that begins. */
export interface ScopeStart {
  kind: 'invoke_agent' | 'task' | 'step';
  name: string;
  at: Attribution;
  outer: Rollup | undefined;
  /** The outermost task around the code: the one that is counted. */
  outermostTask: boolean;
}

/** An agent, task or step under way. */
export interface TrackedScope {
  readonly rollup: Rollup;
  /** Runs `fn` with the scope's span active. */
  run<T>(fn: () => T): T;
  /** Ends it, with the error that it ended with. Safe to call twice. */
  end(failure: { error: unknown } | undefined): void;
}

/** Opens the spans and roll-ups behind `withAgent`, `withTask` and `withStep`. Never throws. */
export interface ScopeTracker {
  open(scope: ScopeStart): TrackedScope;
}

/** Scopes that leave through `telemetry`, under the attribution that may be kept. */
export function createScopeTracker(telemetry: Telemetry, keep: (at: Attribution) => Attribution): ScopeTracker {
  return {
    open({ kind, name, at, outer, outermostTask }) {
      const rollup = openRollup(outer);
      const span = telemetry.openScope({ kind, name, at: keep(at) });
      let ended = false;
      return {
        rollup,
        run: (fn) => span.run(fn),
        end(failure) {
          if (ended) return;
          ended = true;
          span.end(rollup.totals, failure);
          if (outermostTask) {
            const { agent, taskType } = at;
            telemetry.taskEnded({ agent, taskType, nanoUsd: rollup.totals.nanoUsd, outcome: outcomeOf(failure) });
          }
        },
      };
    },
  };
}

function outcomeOf(failure: { error: unknown } | undefined): 'ok' | 'error' | 'refused' {
  if (failure === undefined) return 'ok';
  return BudgetExceededError.is(failure.error) ? 'refused' : 'error';
}
