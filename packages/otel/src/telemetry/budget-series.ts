import type { Amounts } from '@tollgate/core/plugin';
import { KEY, type MetricName } from '../conventions.ts';
import type { LabelSet } from './label-sets.ts';
import type { Recorder, Tally } from './recorder.ts';

/** The counters of one account that most calls add to: found once, so that a call only adds to numbers. */
export class BudgetSeries {
  readonly #recorder: Recorder;
  readonly #labels: LabelSet;
  #allowed: Tally | undefined;
  #usd: Tally | undefined;
  #tokens: Tally | undefined;
  #calls: Tally | undefined;

  constructor(recorder: Recorder, labels: LabelSet) {
    this.#recorder = recorder;
    this.#labels = labels;
  }

  /** The account has let a call go. */
  addAllowed(): void {
    (this.#allowed ??= this.#tally('tollgate.budget.decisions', KEY.decision, 'allow'))?.add(1);
  }

  /** The account was charged; only units that it limits are counted. */
  addCharge(by: Readonly<Amounts>, limit: Readonly<Amounts>): void {
    if (counts(by.nanoUsd, limit.nanoUsd)) (this.#usd ??= this.#charged('usd'))?.add(by.nanoUsd);
    if (counts(by.tokens, limit.tokens)) (this.#tokens ??= this.#charged('tokens'))?.add(by.tokens);
    if (counts(by.calls, limit.calls)) (this.#calls ??= this.#charged('calls'))?.add(by.calls);
  }

  #charged(unit: 'usd' | 'tokens' | 'calls'): Tally | undefined {
    return this.#tally('tollgate.budget.charged', KEY.unit, unit);
  }

  #tally(name: MetricName, key: typeof KEY.decision | typeof KEY.unit, value: string): Tally | undefined {
    return this.#recorder.tally(name, this.#labels.with(key, value).attributes);
  }
}

function counts(amount: number, limit: number): boolean {
  return amount > 0 && limit !== Infinity;
}
