import type { CallRecord, Outcome, Usage, UsageState } from '@tollgate/core';
import { KEY, type AttributeKey, type MetricName } from '../conventions.ts';
import type { LabelSet } from './label-sets.ts';
import type { Recorder, Tally } from './recorder.ts';
import { TOKEN_KINDS, tokensOf, type TokenClass } from './token-kinds.ts';

/** What a counter adds up of a call's usage. */
export interface CountedTokens {
  readonly metric: MetricName;
  /** The label that is added for it. */
  readonly key: AttributeKey;
  readonly value: string;
  readonly classes: readonly TokenClass[];
}

const BY_KIND: readonly CountedTokens[] = TOKEN_KINDS.map(([value, classes]) => ({
  metric: 'tollgate.tokens',
  key: KEY.kind,
  value,
  classes,
}));

/** The counters of calls with the same call labels: found once, so that a call only adds to numbers. */
export class CallSeries {
  readonly labels: LabelSet;
  readonly #recorder: Recorder;
  readonly #calls: Partial<Record<Outcome, Tally | undefined>> = {};
  readonly #attempts: Partial<Record<'ok' | 'error', Tally | undefined>> = {};
  readonly #spend: Partial<Record<UsageState, { cost: Tally | undefined; tokens: TokenSeries }>> = {};

  constructor(recorder: Recorder, labels: LabelSet) {
    this.#recorder = recorder;
    this.labels = labels;
  }

  addCall(outcome: Outcome): void {
    (this.#calls[outcome] ??= this.#tally('tollgate.calls', this.labels.with(KEY.outcome, outcome)))?.add(1);
  }

  addAttempts(outcome: 'ok' | 'error', count: number): void {
    if (count <= 0) return;
    (this.#attempts[outcome] ??= this.#tally('tollgate.attempts', this.labels.with(KEY.outcome, outcome)))?.add(count);
  }

  /** Adds what a call cost, where that is known, and its tokens. */
  addSpend({ cost: { state, nanoUsd }, usage }: CallRecord): void {
    const spend = (this.#spend[state] ??= this.#spendOf(this.labels.with(KEY.state, state)));
    if (nanoUsd !== undefined) spend.cost?.add(nanoUsd);
    spend.tokens.add(usage);
  }

  #spendOf(stated: LabelSet): { cost: Tally | undefined; tokens: TokenSeries } {
    return {
      cost: this.#tally('tollgate.cost', stated),
      tokens: new TokenSeries(this.#recorder, stated, BY_KIND),
    };
  }

  #tally(name: MetricName, { attributes }: LabelSet): Tally | undefined {
    return this.#recorder.tally(name, attributes);
  }
}

/** Counters of tokens by kind; one that has never had any is no series. */
export class TokenSeries {
  readonly #recorder: Recorder;
  readonly #labels: LabelSet;
  readonly #counted: readonly CountedTokens[];
  readonly #tallies: (Tally | undefined)[] = [];

  constructor(recorder: Recorder, labels: LabelSet, counted: readonly CountedTokens[]) {
    this.#recorder = recorder;
    this.#labels = labels;
    this.#counted = counted;
  }

  add(usage: Usage): void {
    for (let index = 0; index < this.#counted.length; index += 1) {
      const tokens = tokensOf(usage, this.#counted[index]!.classes);
      if (tokens > 0) (this.#tallies[index] ??= this.#tally(this.#counted[index]!))?.add(tokens);
    }
  }

  #tally({ metric, key, value }: CountedTokens): Tally | undefined {
    return this.#recorder.tally(metric, this.#labels.with(key, value).attributes);
  }
}
