import type { ModelData, ProviderData } from '../data/price-data.ts';
import { idCandidates, withoutSuffix } from './model-id.ts';

/**
 * Bytes that no name of a model has. To cut suffixes off one by one takes time that grows with the square of the length:
 * seconds for a name of 100 kB.
 */
const LONGEST_NAME = 512;

/** Whether a text is too long to be the name of a model: it is not looked for, and not remembered. */
export function isNoName(model: string): boolean {
  return model.length * 3 > LONGEST_NAME && Buffer.byteLength(model) > LONGEST_NAME;
}

/** The models of one provider, to be found by any of the ids under which it, its SDKs or its gateways name them. */
export class ProviderIndex {
  readonly data: ProviderData;
  readonly #byId = new Map<string, ModelData>();
  readonly #hosts: readonly (readonly [RegExp, string])[];

  constructor(data: ProviderData) {
    this.data = data;
    this.#hosts = (data.hosts ?? []).map(([pattern, geo]) => [new RegExp(pattern), geo]);
    for (const model of data.models) this.#byId.set(model.id, model);
    for (const model of data.models) {
      for (const alias of model.aliases ?? []) if (!this.#byId.has(alias)) this.#byId.set(alias, model);
    }
  }

  find(model: string): ModelData | undefined {
    if (isNoName(model)) return undefined;
    for (const candidate of idCandidates(model)) {
      const found = this.#longest(candidate) ?? this.#longest(this.#withoutPrefix(candidate));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The geography that a host stands for; undefined for a host that is not this provider's. */
  geoOfHost(host: string): string | undefined {
    return this.#hosts.find(([pattern]) => pattern.test(host))?.[1];
  }

  /** The name of the variant that is sold under these words, or undefined where a word is not known. */
  variant(tier: string | undefined, speed: string | undefined, geo: string | undefined): string | undefined {
    const parts = [this.#word(tier), this.#word(speed), this.#word(geo)];
    return parts.includes(undefined) ? undefined : parts.filter((part) => part !== '').join('+');
  }

  #word(word: string | undefined): string | undefined {
    return word === undefined || word === '' ? '' : this.data.words?.[word.toLowerCase()];
  }

  #longest(id: string): ModelData | undefined {
    let rest: string | undefined = id;
    while (rest !== undefined) {
      const found = this.#byId.get(rest);
      if (found !== undefined) return found;
      rest = withoutSuffix(rest);
    }
    return undefined;
  }

  #withoutPrefix(id: string): string {
    const prefix = this.data.prefixes?.find((beginning) => id.startsWith(beginning));
    return prefix === undefined ? id : id.slice(prefix.length);
  }
}
