import { DIMENSIONS, type Attribution } from '../../attribution.ts';
import type { BudgetSpec } from '../spec/budget-spec.ts';
import type { Values } from '../match.ts';
import type { ControlChange, ControlState } from './store.ts';

interface StoredPause {
  scope: Attribution;
  until: number | undefined;
  by: string;
}

/** The control state of a store, with those who watch it. */
export class StoredControl {
  readonly #now: () => number;
  readonly #budgets = new Map<string, BudgetSpec>();
  readonly #pauses = new Map<string, StoredPause>();
  readonly #watchers = new Set<() => void>();
  #version = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  state(): ControlState {
    const now = this.#now();
    const paused = [...this.#pauses.values()].filter(({ until }) => until === undefined || now < until);
    return structuredClone({ budgets: [...this.#budgets.values()], paused, version: this.#version });
  }

  change(change: ControlChange, by: string): void {
    if ('setBudget' in change) this.#budgets.set(change.setBudget.name, structuredClone(change.setBudget));
    else if ('removeBudget' in change) this.#budgets.delete(change.removeBudget);
    else if ('pause' in change) {
      const until = change.forMs === undefined ? undefined : this.#now() + change.forMs;
      this.#pauses.set(scopeKey(change.pause), { scope: { ...change.pause }, until, by });
    } else this.#pauses.delete(scopeKey(change.resume));
    this.#version++;
    for (const watcher of this.#watchers) watcher();
  }

  watch(changed: () => void): () => void {
    // A watcher of its own for each call, so that one function can watch twice and stop once.
    const watcher = (): void => changed();
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}

/** The same for the same values, in whatever order they were given. */
function scopeKey(scope: Attribution): string {
  return JSON.stringify(DIMENSIONS.map((dimension) => (scope as Values)[dimension] ?? null));
}
