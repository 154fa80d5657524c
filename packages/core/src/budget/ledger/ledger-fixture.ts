import { ConfigError } from '../../errors/config-error.ts';
import type { BudgetSpec } from '../spec/budget-spec.ts';
import type { Decision } from '../decide.ts';
import { createLedger, type Ledger, type LedgerOptions } from './ledger.ts';
import type { BudgetDecision, ControlEntry } from './ledger-observer.ts';
import type { Measures } from '../measures.ts';
import type { Need } from '../need.ts';
import { parseBudgets } from '../spec/parse-budgets.ts';
import type { Reservation } from './reservation.ts';
import type { Standing } from '../standing.ts';

/** A Tuesday, in UTC. */
export const NOON: number = Date.UTC(2026, 10, 24, 12);
export const HOUR: number = 3_600_000;

/** A budget of 100 nano-USD for everything. */
export const TOTAL: BudgetSpec = { name: 'total', limit: { usd: 100e-9 }, window: 'total' };
export const BY_TASK: BudgetSpec = { ...TOTAL, name: 'task', by: ['task'] };
export const BY_DAY: BudgetSpec = { ...TOTAL, name: 'day', window: 'day' };

/** What an observer was told, in order. */
export interface Told {
  decisions: BudgetDecision[];
  warnings: [Standing, number][];
  exceeded: [Standing, string][];
  overruns: [Standing, Measures][];
  untagged: [string, string][];
  controlled: ControlEntry[];
}

/** A timer that a ledger has set and not called off. */
export interface Timer {
  readonly ms: number;
  readonly fire: () => void;
}

/** A ledger for tests whose timers fire when the test says so. */
export function makeLedger(
  specs: BudgetSpec[],
  options: Partial<LedgerOptions> = {},
): { ledger: Ledger; told: Told; timers: Set<Timer> } {
  const { budgets, issues } = parseBudgets(specs);
  if (issues.length > 0) throw new ConfigError(issues);
  const told: Told = { decisions: [], warnings: [], exceeded: [], overruns: [], untagged: [], controlled: [] };
  const timers = new Set<Timer>();
  const ledger = createLedger({
    budgets,
    store: { id: 'store-1', reach: 'process' },
    serviceName: 'bot',
    maxWaitMs: 10_000,
    mode: 'enforce',
    setTimer: (ms, fire) => {
      const timer: Timer = { ms, fire: () => timers.delete(timer) && fire() };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    observer: {
      decision: (event) => told.decisions.push(event),
      warning: (standing, threshold) => told.warnings.push([standing, threshold]),
      exceeded: (standing, reason) => told.exceeded.push([standing, reason]),
      overrun: (standing, over) => told.overruns.push([standing, over]),
      untagged: (budget, dimension) => told.untagged.push([budget, dimension]),
      controlled: (entry) => told.controlled.push(entry),
    },
    ...options,
  });
  return { ledger, told, timers };
}

/** A call that holds `nanoUsd` (and as many tokens), and is worth sending for `lower`. */
export function call(nanoUsd: number, at: Partial<Need['at']> = {}, lower = 1): Need {
  const measures = { nanoUsd, tokens: nanoUsd, calls: 1 };
  const least = { nanoUsd: lower, tokens: lower, calls: 1 };
  return {
    at: { model: 'm', provider: 'p', ...at },
    expected: measures,
    upper: measures,
    lower: least,
    cappedAnswers: 1,
    mayShrink: false,
  };
}

/** The reservation of a call that must have been admitted. */
export function admitted(decision: Decision | 'ask-store' | 'wait'): Reservation {
  if (typeof decision === 'string' || !decision.ok) throw new Error(`not admitted: ${JSON.stringify(decision)}`);
  return decision.reservation;
}

/** A decision in one word. */
export function wordOf(decision: Decision | 'ask-store' | 'wait'): string {
  if (typeof decision === 'string') return decision;
  return decision.ok ? 'ok' : decision.reason;
}
