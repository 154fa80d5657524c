import type { Dimension } from '../../attribution.ts';
import type { Values } from '../match.ts';
import { accountKey } from '../match.ts';
import type { Amounts } from '../measures.ts';
import { noAmounts } from '../measures.ts';

/** Everything that one budget was ever charged, over all windows: a counter that is never reset. */
export interface Charged {
  readonly budget: string;
  /** Only dimensions with few values; those with many (user, session, task) are summed up. */
  readonly account: Values;
  readonly charged: Readonly<Amounts>;
}

const UNBOUNDED: readonly Dimension[] = ['user', 'session', 'task'];
const MAX_TOTALS = 200;
const OTHER = 'other';

/** The totals of one budget by its `by` values, at most 200; what comes later is summed up under `other`. */
export class ChargeTotals {
  readonly dimensions: readonly Dimension[];
  readonly #totals = new Map<string, { account: Values; charged: Amounts }>();

  constructor(by: readonly Dimension[]) {
    this.dimensions = by.filter((dimension) => !UNBOUNDED.includes(dimension));
  }

  /** The total that an account with these values adds to. */
  of(values: Values): Amounts {
    const own = this.#totals.get(accountKey('', this.#label(values), ''));
    if (own !== undefined) return own.charged;
    const account = this.#label(this.#totals.size < MAX_TOTALS ? values : OTHER);
    return this.#make(account).charged;
  }

  list(budget: string): Charged[] {
    return [...this.#totals.values()].map(({ account, charged }) => ({ budget, account, charged }));
  }

  #label(values: Values | typeof OTHER): Values {
    const label: { [D in Dimension]?: string | undefined } = {};
    for (const dimension of this.dimensions) label[dimension] = values === OTHER ? OTHER : values[dimension];
    return Object.freeze(label);
  }

  #make(account: Values): { account: Values; charged: Amounts } {
    const key = accountKey('', account, '');
    let total = this.#totals.get(key);
    if (total === undefined) this.#totals.set(key, (total = { account, charged: noAmounts() }));
    return total;
  }
}
