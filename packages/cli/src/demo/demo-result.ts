import type { Hooked, Standing, UsageRow } from '@tollgate/otel';
import { LOOP_BUDGET } from './budgets.ts';
import type { ServerBill } from './endpoints.ts';
import { LOOPING_TASK } from './team/team.ts';
import { totalsOf } from './view/totals.ts';
import type { Denial, ShownDimension, ViewState } from './view/view-state.ts';

/** What `--json` prints. `ledger.nanoUsd` equals `server.nanoUsd`. */
export interface DemoResult {
  version: 1;
  by: Record<ShownDimension, UsageRow[]>;
  budgets: Standing[];
  /** Oldest first. */
  denials: Denial[];
  instrumented: Hooked[];
  ledger: { nanoUsd: number; calls: number; attempts: number };
  server: ServerBill;
}

/** The result of a run against servers that have written a bill. */
export function demoResult(state: ViewState, server: ServerBill): DemoResult {
  const { nanoUsd, calls, attempts } = totalsOf(state.by.agent);
  const { by, budgets, denials, instrumented } = state;
  return { version: 1, by, budgets, denials, instrumented, ledger: { nanoUsd, calls, attempts }, server };
}

/** What a run has failed to show, a sentence each: the loop refused by its budget, and the providers' bill met to the nano-USD. */
export function shortcomings({ by, denials, server }: ViewState): string[] {
  const { nanoUsd } = totalsOf(by.agent);
  const isRefused =
    denials.some(({ budget, account }) => budget === LOOP_BUDGET && account.task === LOOPING_TASK) &&
    by.task.some((row) => row.by.task === LOOPING_TASK && row.denied > 0);
  return [
    ...(isRefused ? [] : [`the loop of ${LOOPING_TASK} was not refused by the budget '${LOOP_BUDGET}'`]),
    ...(server === undefined || server.nanoUsd === nanoUsd
      ? []
      : [`Tollgate counted ${nanoUsd} nano-USD, and the provider servers billed ${server.nanoUsd}`]),
  ];
}
