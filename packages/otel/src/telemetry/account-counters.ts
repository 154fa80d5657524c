import type { Amounts } from '@tollgate/core/plugin';
import type { AccountRef } from './budget-metrics.ts';
import type { BudgetSeries } from './budget-series.ts';
import type { Faults } from './faults.ts';
import type { Metering } from './metering.ts';

/** What the counters of accounts are made with. */
export interface AccountHost {
  /** The metrics that were last looked for. */
  metering: () => Metering | undefined;
  readonly faults: Faults;
}

/** Counts what one account does for every call, wherever metrics go at the moment. Kept by whoever knows the account. */
export class AccountCounters {
  readonly #host: AccountHost;
  readonly #account: AccountRef;
  #metering: Metering | undefined;
  #series: BudgetSeries | undefined;

  constructor(host: AccountHost, account: AccountRef) {
    this.#host = host;
    this.#account = account;
  }

  /** The account has let a call go. */
  allowed(): void {
    try {
      this.#current()?.addAllowed();
    } catch (fault) {
      this.#host.faults.report('metrics', fault);
    }
  }

  /** The account was charged. `limit`: Infinity for units that it does not limit. */
  charged(by: Readonly<Amounts>, limit: Readonly<Amounts>): void {
    try {
      this.#current()?.addCharge(by, limit);
    } catch (fault) {
      this.#host.faults.report('metrics', fault);
    }
  }

  #current(): BudgetSeries | undefined {
    const metering = this.#host.metering();
    if (metering !== this.#metering) {
      this.#metering = metering;
      this.#series = metering?.budgets.series(this.#account);
    }
    return this.#series;
  }
}
