import type { Attributes } from '@opentelemetry/api';
import type { Attribution } from '@tollgate/core';
import { KEY, type AttributeKey } from '../conventions.ts';
import { labelValue, type LabelCaps } from './label-caps.ts';

const MAX_SETS = 5000;

/** Who and what a call is, as far as it may be a label. */
export interface CallLabels {
  at: Attribution;
  provider: string;
  requestModel: string;
  responseModel: string | undefined;
}

/** One combination of labels, and the combinations that are made from it by adding to it. The same labels are the same object. */
export class LabelSet {
  readonly attributes: Attributes;
  readonly #more = new Map<AttributeKey, Map<string, LabelSet>>();

  constructor(attributes: Attributes) {
    this.attributes = attributes;
  }

  /** These labels and one more, of which there are few values. */
  with(key: AttributeKey, value: string): LabelSet {
    let byValue = this.#more.get(key);
    if (byValue === undefined) this.#more.set(key, (byValue = new Map<string, LabelSet>()));
    let set = byValue.get(value);
    if (set === undefined) byValue.set(value, (set = new LabelSet({ ...this.attributes, [key]: value })));
    return set;
  }
}

/** Label sets by what they are made of, so that recording builds none. Bounded: it starts anew when it is full. */
export class LabelSets {
  readonly #caps: LabelCaps;
  readonly #further: readonly [dimension: keyof Attribution, key: AttributeKey][];
  readonly #sets = new Map<string, LabelSet>();

  /** `further`: dimensions that are labels of calls because the app asks for it. */
  constructor(caps: LabelCaps, further: readonly [dimension: keyof Attribution, key: AttributeKey][] = []) {
    this.#caps = caps;
    this.#further = further;
  }

  /** The call labels; absent values are absent labels. */
  ofCall({ at, provider, requestModel, responseModel }: CallLabels): LabelSet {
    let key = `${cut(at.agent)}\0${cut(at.taskType)}\0${cut(at.step)}\0${cut(at.team)}`;
    key += `\0${cut(provider)}\0${cut(requestModel)}\0${cut(responseModel)}`;
    for (const [dimension] of this.#further) key += `\0${cut(at[dimension])}`;
    return (
      this.#sets.get(key) ??
      this.#keep(key, [
        [KEY.agent, at.agent],
        [KEY.taskType, at.taskType],
        [KEY.step, at.step],
        [KEY.requestModel, requestModel],
        [KEY.responseModel, responseModel],
        [KEY.provider, provider],
        [KEY.team, at.team],
        ...this.#further.map(([dimension, label]) => [label, at[dimension]] as [AttributeKey, string | undefined]),
      ])
    );
  }

  /** Any other set of labels. */
  of(...labels: [AttributeKey, string | number | undefined][]): LabelSet {
    let key = '';
    for (const [label, value] of labels) key += `${label}=${cut(value)}\0`;
    return this.#sets.get(key) ?? this.#keep(key, labels);
  }

  #keep(key: string, labels: [AttributeKey, string | number | undefined][]): LabelSet {
    const attributes: Attributes = {};
    for (const [label, value] of labels) {
      const told = cut(value);
      if (told !== undefined) attributes[label] = typeof told === 'number' ? told : this.#caps.fold(label, told);
    }
    // A value of every call (a user's text as a step name) must not grow memory without end.
    if (this.#sets.size >= MAX_SETS) this.#sets.clear();
    const folded = JSON.stringify(attributes);
    const set = this.#sets.get(folded) ?? new LabelSet(attributes);
    this.#sets.set(folded, set).set(key, set);
    return set;
  }
}

/** What is told of a value, and what a key may hold of it: never a megabyte. */
function cut<Value extends string | number | undefined>(value: Value | string): Value | string {
  return typeof value === 'string' ? labelValue(value) : value;
}
