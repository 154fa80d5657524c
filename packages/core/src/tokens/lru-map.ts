/** A map that never holds more than `capacity` entries: the one that was touched longest ago makes room. */
export class LruMap<K, V> {
  readonly #entries: Map<K, V> = new Map();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Reads without touching, so that looking is cheap. */
  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** Sets and touches. */
  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#capacity) this.#entries.delete(this.#entries.keys().next().value!);
  }
}
