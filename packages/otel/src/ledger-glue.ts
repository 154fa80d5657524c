import type { BudgetDecision, ControlEntry, LedgerObserver } from '@tollgate/core/plugin';
import type { EventHub } from './book/events.ts';
import { printable } from './summary/terminal-text.ts';
import type { Telemetry } from './telemetry/create-telemetry.ts';
import { createDenialFilter } from './telemetry/denial-filter.ts';
import type { AccountRef } from './telemetry/budget-metrics.ts';

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
  // The ledger gives the same object for an account as long as it lives.
  const refs = new WeakMap<BudgetDecision, AccountRef>();
  function refOf(event: BudgetDecision): AccountRef {
    const known = refs.get(event);
    if (known !== undefined) return known;
    const ref = { budget: event.budget, account: event.account, reach: store.reach, store: store.id };
    refs.set(event, ref);
    return ref;
  }
  const held = createDenialFilter();
  function tellWarned(event: BudgetDecision): void {
    const line = wouldRefuse(event);
    const before = held.pass(line, Date.now());
    if (before !== undefined) notice(before === 0 ? line : `${line} (and ${before} like it before)`);
  }
  return {
    decision(event) {
      telemetry().budgets.decided(refOf(event), event.decision, event.reason);
      if (event.decision === 'warn') tellWarned(event);
    },
    charged: (account, by) => telemetry().budgets.charged(refOf(account), by),
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
