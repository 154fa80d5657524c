import type { Values } from './match.ts';

/** A stop for every call that has all values of `scope`; an empty scope stops everything. */
export interface Pause {
  readonly scope: Values;
  readonly by: string;
  /** Epoch ms; undefined until it is resumed. */
  readonly until: number | undefined;
}

/** The pauses that are in force. */
export class Pauses {
  #pauses: readonly Pause[] = [];

  /** Stops `pause.scope`; replaces an earlier pause of the same scope. */
  add(pause: Pause): void {
    this.remove(pause.scope);
    this.#pauses = [...this.#pauses, pause];
  }

  /** Lifts the pause of exactly this scope. */
  remove(scope: Values): void {
    this.#pauses = this.#pauses.filter((pause) => !(covers(pause.scope, scope) && covers(scope, pause.scope)));
  }

  /** The first pause that stops a call, or an account, with these values. */
  covering(values: Values, now: number): Pause | undefined {
    if (this.#pauses.length === 0) return undefined;
    return this.#pauses.find(({ scope, until }) => (until === undefined || now < until) && covers(scope, values));
  }
}

function covers(scope: Values, values: Values): boolean {
  return Object.entries(scope).every(
    ([dimension, value]) => value === undefined || values[dimension as keyof Values] === value,
  );
}
