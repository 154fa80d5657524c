import { usageSoFar, type BilledUsage } from '../bill/billed-usage.ts';
import type { BillBook, BillLine } from '../bill/bill.ts';
import type { Mode } from '../bill/price-list.ts';
import type { Family } from '../sim-request.ts';
import type { Outgoing } from './outgoing.ts';

/** One request that is being answered: where its reply goes, and who is told what it costs. */
export class Exchange {
  readonly family: Family;
  readonly route: string;
  readonly out: Outgoing;
  readonly line: BillLine;
  readonly #book: BillBook;
  #usage: BilledUsage | undefined;
  #mode: Mode | undefined;

  constructor({ family, route }: { family: Family; route: string }, out: Outgoing, line: BillLine, book: BillBook) {
    this.family = family;
    this.route = route;
    this.out = out;
    this.line = line;
    this.#book = book;
  }

  /** From here on the input is owed. A reply without usage stays free. */
  accept(usage: BilledUsage | undefined, mode: Mode | undefined): void {
    this.#usage = usage;
    this.#mode = mode;
    this.owe(0);
  }

  /** The model has generated so many tokens; all of them, if nothing is said. */
  owe(generated: number = Infinity): void {
    if (this.#usage === undefined) return;
    this.#book.charge(this.line, usageSoFar(this.#usage, generated), this.#mode);
  }

  /** Sends the status and headers. */
  head(status: number, headers: Record<string, string>): void {
    this.line.status = status;
    const id = `req_sim_${this.line.number}`;
    const named: Record<string, string> = this.family === 'openai' ? { 'x-request-id': id } : { 'request-id': id };
    this.out.head(status, { ...named, ...headers });
  }
}
