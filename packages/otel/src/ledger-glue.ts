import type { BudgetDecision, ControlEntry, LedgerObserver } from '@tollgate/core/plugin';
import type { EventHub } from './book/events.ts';
import { printable } from './summary/terminal-text.ts';
import type { Telemetry } from './telemetry/create-telemetry.ts';
import type { AccountCounters } from './telemetry/account-counters.ts';
import { createDenialFilter } from './telemetry/denial-filter.ts';
import type { AccountRef } from './telemetry/budget-metrics.ts';
import { createStamp } from './instrument/stamp.ts';

/** Where the ledger's accounts are kept. */
export interface StoreRef {
  id: string;
  reach: 'process' | 'host' | 'shared';
}

/** What the ledger does becomes metrics, events, and a line for the operator where somebody should look. */
export function observeLedger(
  telemetry: () => Telemetry,
  events: EventHub,
  store: StoreRef,
  notice: (line: string) => void,
): LedgerObserver {
  // The ledger gives the same object for what an account allows, as long as it lives.
  const counters = createStamp<AccountCounters>();
  function countersOf(event: BudgetDecision): AccountCounters {
    const known = counters.get(event);
    if (known !== undefined) return known;
    const made = telemetry().budgets.countersOf(refOf(event));
    counters.set(event, made);
    return made;
  }
  function refOf({ budget, account }: BudgetDecision): AccountRef {
    return { budget, account, reach: store.reach, store: store.id };
  }
  const held = createDenialFilter();
  function tellWarned(event: BudgetDecision): void {
    const line = wouldRefuse(event);
    const before = held.pass(line, Date.now());
    if (before !== undefined) notice(before === 0 ? line : `${line} (and ${before} like it before)`);
  }
  return {
    decision(event) {
      if (event.decision === 'allow') return countersOf(event).allowed();
      telemetry().budgets.decided(refOf(event), event.decision, event.reason);
      if (event.decision === 'warn') tellWarned(event);
    },
    charged: (account, by, limit) => countersOf(account).charged(by, limit),
    warning: (standing, threshold) => events.emit('budget.warning', { ...standing, threshold }),
    exceeded: (standing, reason) => events.emit('budget.exceeded', { ...standing, reason }),
    overrun(standing, over) {
      telemetry().budgets.overrun(standing, over);
      events.emit('budget.overrun', { ...standing, over });
    },
    untagged: (budget, dimension) =>
      notice(
        `a call has no ${dimension}, so the budget '${budget}' does not count it; attribute it, or set missing: 'share' or 'deny'`,
      ),
    controlled: (entry) => notice(changeLine(entry)),
  };
}

/** `would have refused a call: budget 'agent-day' (agent=triager), exhausted`: a call went that `enforce`, or `onExceed: 'deny'`, stops. */
function wouldRefuse({ budget, account, reason }: BudgetDecision): string {
  const values = Object.entries(account).map(([dimension, value]) => `${dimension}=${value}`);
  const who = values.length === 0 ? '' : ` (${values.join(' ')})`;
  return printable(`would have refused a call: budget '${budget}'${who}, ${reason ?? 'over its limit'}`);
}

const DONE = { set: 'set', raise: 'raised', remove: 'removed', pause: 'paused', resume: 'resumed' } as const;

/** `budget 'company-month' raised by ops (incident 42)`: on one line, whatever people write. */
function changeLine({ change, subject, by, why }: ControlEntry): string {
  const what = change === 'pause' || change === 'resume' ? subject : `budget '${subject}'`;
  return printable(`${what} ${DONE[change]} by ${by}${why === undefined ? '' : ` (${why})`}`);
}
