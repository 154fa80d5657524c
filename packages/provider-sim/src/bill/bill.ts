import type { BilledUsage } from './billed-usage.ts';
import { usageOf } from './billed-usage.ts';
import { costOfUsage, tariffOf, type Tariff } from './cost.ts';
import type { Mode, PriceList } from './price-list.ts';

/** One HTTP request on the bill, retries and aborted ones included. */
export interface BillLine {
  /** The running number of the request, from 1. */
  readonly number: number;
  /** When it arrived, epoch ms. */
  readonly at: number;
  readonly route: string;
  readonly key: string;
  /** What was served, and is billed. */
  model: string;
  /** HTTP status; undefined until headers were sent. */
  status: number | undefined;
  state: 'billed' | 'not-billed';
  usage: BilledUsage;
  nanoUsd: number;
  /** The row of the price list; undefined for a model without a price, which costs 0. */
  price: string | undefined;
  /** The client went away before the reply was complete. */
  aborted: boolean;
  /** Events of a stream that were handed to the socket. */
  sentEvents: number;
}

/** The bill right after a charge: `nanoUsd` is the sum over all requests, and only ever grows. */
export interface BillInstant {
  readonly at: number;
  readonly number: number;
  readonly nanoUsd: number;
}

/** What the provider is owed, as it can be read at any time. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly timeline: readonly BillInstant[];
  readonly nanoUsd: number;
  readonly billedRequests: number;
}

/** What is known of a request when it is written on the bill. */
export type LineHead = Pick<BillLine, 'number' | 'at' | 'route' | 'model' | 'key'>;

/** The bill as the server writes it. */
export class BillBook implements Bill {
  readonly lines: BillLine[] = [];
  readonly timeline: BillInstant[] = [];
  readonly #prices: PriceList;
  readonly #now: () => number;
  readonly #tariffs = new Map<string, Tariff | undefined>();
  #nanoUsd = 0;

  constructor(prices: PriceList, now: () => number) {
    this.#prices = prices;
    this.#now = now;
  }

  get nanoUsd(): number {
    return this.#nanoUsd;
  }

  get billedRequests(): number {
    return this.lines.filter((line) => line.state === 'billed').length;
  }

  /** A new line that owes nothing yet. */
  open(head: LineHead): BillLine {
    const line: BillLine = {
      ...head,
      status: undefined,
      state: 'not-billed',
      usage: usageOf({}),
      nanoUsd: 0,
      price: undefined,
      aborted: false,
      sentEvents: 0,
    };
    this.lines.push(line);
    return line;
  }

  /** From now on the line owes `usage`, in place of what it owed before. */
  charge(line: BillLine, usage: BilledUsage, mode?: Mode): void {
    const tariff = this.#tariff(line.model);
    const nanoUsd = tariff === undefined ? 0 : costOfUsage(usage, tariff, mode);
    line.state = 'billed';
    line.usage = usage;
    line.price = tariff?.id;
    if (nanoUsd === line.nanoUsd) return;
    this.#nanoUsd += nanoUsd - line.nanoUsd;
    line.nanoUsd = nanoUsd;
    this.timeline.push({ at: this.#now(), number: line.number, nanoUsd: this.#nanoUsd });
  }

  /** The mode that a request is served in: the one that it asked for, if the model has a price for it. */
  servedMode(model: string, asked: string | undefined): Mode | undefined {
    const modes = this.#tariff(model)?.modes ?? {};
    return asked !== undefined && asked in modes ? (asked as Mode) : undefined;
  }

  #tariff(model: string): Tariff | undefined {
    if (!this.#tariffs.has(model)) this.#tariffs.set(model, tariffOf(model, this.#prices));
    return this.#tariffs.get(model);
  }
}
