import type { AccountBook } from './account-book.ts';
import type { Budget } from '../spec/budget.ts';
import type { BudgetSpec } from '../spec/budget-spec.ts';
import type { ChargeTotals } from './charge-totals.ts';
import { parseDuration } from '../window/duration.ts';
import { ConfigError } from '../../errors/config-error.ts';
import { show, suggestion } from '../spec/field-reader.ts';
import type { ControlEntry } from './ledger-observer.ts';
import type { Values } from '../match.ts';
import type { Amounts } from '../measures.ts';
import { parseBudget } from '../spec/parse-budgets.ts';
import type { Pauses } from './pauses.ts';

/** Who changes a rule, and why. */
export interface Audit {
  by: string;
  why?: string | undefined;
}

/** What the control changes. */
export interface ControlDesk {
  readonly books: AccountBook[];
  readonly pauses: Pauses;
  makeBook(budget: Budget, charges: ChargeTotals | undefined): AccountBook;
  changed(entry: ControlEntry): void;
}

/** Changes the rules while the process runs. Every method throws `ConfigError` for arguments that can't be used, and then changes nothing. */
export class LedgerControl {
  readonly #desk: ControlDesk;

  constructor(desk: ControlDesk) {
    this.#desk = desk;
  }

  /** Adds a budget, or replaces the one of the same name. Spend stays where window and `by` stay; else the accounts start empty. */
  set(spec: BudgetSpec, audit: Audit, now: number): void {
    const { budget, issues } = parseBudget(spec, 'spec');
    if (budget === undefined) throw new ConfigError(issues);
    const { books } = this.#desk;
    const index = books.findIndex((book) => book.budget.name === budget.name);
    const old = books[index];
    if (old?.canTake(budget) === true) old.take(budget);
    else {
      const sameBy = JSON.stringify(old?.budget.by) === JSON.stringify(budget.by);
      const book = this.#desk.makeBook(budget, sameBy ? old?.charges : undefined);
      books.splice(index < 0 ? books.length : index, index < 0 ? 0 : 1, book);
    }
    this.#note('set', budget.name, audit, now);
  }

  /** Ends a budget. Calls under way are settled as they would have been. */
  remove(name: string, audit: Audit, now: number): void {
    const { books } = this.#desk;
    books.splice(books.indexOf(this.#book(name)), 1);
    this.#note('remove', name, audit, now);
  }

  /** Puts other limits in force for the units that are named, `for` a time (default: until they are set). Opens closed accounts. */
  raise(name: string, limit: BudgetSpec['limit'], audit: Audit & { for?: string | undefined }, now: number): void {
    const book = this.#book(name);
    const { budget, issues } = parseBudget({ name, limit, window: 'total' }, 'raise');
    if (budget === undefined) throw new ConfigError(issues);
    const until = endOf(audit.for, now) ?? Infinity;
    book.raise(limitedUnits(budget.limit), until);
    this.#note('raise', name, audit, now);
  }

  /** Refuses every call that has all values of `scope` ({}: every call), `for` a time (default: until `resume`). */
  pause(scope: Values, audit: Audit & { for?: string | undefined }, now: number): void {
    this.#desk.pauses.add({ scope: Object.freeze({ ...scope }), by: audit.by, until: endOf(audit.for, now) });
    this.#note('pause', subjectOf(scope), audit, now);
  }

  /** Lifts the pause of exactly this scope. */
  resume(scope: Values, audit: Audit, now: number): void {
    this.#desk.pauses.remove(scope);
    this.#note('resume', subjectOf(scope), audit, now);
  }

  #book(name: string): AccountBook {
    const { books } = this.#desk;
    const book = books.find((candidate) => candidate.budget.name === name);
    if (book !== undefined) return book;
    const names = books.map((candidate) => candidate.budget.name);
    const message = `${show(name)} is not the name of a budget${suggestion(name, names)}`;
    throw new ConfigError([{ path: 'name', message, received: name }]);
  }

  #note(change: ControlEntry['change'], subject: string, audit: Audit, now: number): void {
    this.#desk.changed({ change, subject, by: audit.by, why: audit.why, at: now });
  }
}

function endOf(duration: string | undefined, now: number): number | undefined {
  if (duration === undefined) return undefined;
  const ms = parseDuration(duration);
  if (ms !== undefined) return now + ms;
  const message = `must be a duration such as '90s', '15m', '24h', '7d', is ${show(duration)}`;
  throw new ConfigError([{ path: 'for', message, received: duration }]);
}

function limitedUnits(limit: Readonly<Amounts>): Partial<Amounts> {
  return Object.fromEntries(Object.entries(limit).filter(([, amount]) => amount !== Infinity));
}

function subjectOf(scope: Values): string {
  const parts = Object.entries(scope).filter(([, value]) => value !== undefined);
  return parts.length === 0 ? 'everything' : parts.map(([dimension, value]) => `${dimension}=${value}`).join(' ');
}
