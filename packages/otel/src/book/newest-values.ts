/** One value that is kept, and what hangs on it; a link in the ring of its dimension. */
export interface Kept<T> {
  readonly value: string;
  readonly attached: Set<T>;
  older: Kept<T>;
  newer: Kept<T>;
}

/** The values of one dimension in the order of their last use. Every operation takes constant time; a use is six stores. */
export class NewestValues<T> {
  readonly #byValue = new Map<string, Kept<T>>();
  /** Closes the ring: `newer` of it is the oldest value, `older` of it the newest. */
  readonly #end: Kept<T> = linkedToItself('');

  get size(): number {
    return this.#byValue.size;
  }

  /** The value's entry, made anew (and then the newest) when it is not kept. */
  keep(value: string): Kept<T> {
    let kept = this.#byValue.get(value);
    if (kept === undefined) {
      kept = linkedToItself<T>(value);
      this.#byValue.set(value, kept);
      this.use(kept);
    }
    return kept;
  }

  /** Makes a kept value the newest. */
  use(kept: Kept<T>): void {
    const end = this.#end;
    if (end.older === kept) return;
    unlink(kept);
    kept.older = end.older;
    kept.newer = end;
    end.older.newer = kept;
    end.older = kept;
  }

  /** Takes out the value that was not used for longest; undefined when none is left. */
  takeOldest(): Kept<T> | undefined {
    const oldest = this.#end.newer;
    if (oldest === this.#end) return undefined;
    unlink(oldest);
    this.#byValue.delete(oldest.value);
    return oldest;
  }
}

function linkedToItself<T>(value: string): Kept<T> {
  const kept = { value, attached: new Set<T>() } as Kept<T>;
  kept.older = kept;
  kept.newer = kept;
  return kept;
}

function unlink<T>(kept: Kept<T>): void {
  kept.older.newer = kept.newer;
  kept.newer.older = kept.older;
}
