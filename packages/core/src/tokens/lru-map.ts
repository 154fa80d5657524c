/** A map that never holds more than `capacity` entries: the one that was touched longest ago makes room. */
export class LruMap<K, V> {
  readonly #entries: Map<K, V> = new Map();
  readonly #capacity: number;
  #newest: K | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Reads without touching, so that looking is cheap. */
  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** Sets and touches. */
  set(key: K, value: V): void {
    // Taking out and putting in anew is work for the map: most often the newest is touched again.
    if (key !== this.#newest) this.#entries.delete(key);
    this.#newest = key;
    this.#entries.set(key, value);
    if (this.#entries.size > this.#capacity) this.#entries.delete(this.#entries.keys().next().value!);
  }
}
