import type { Dimension } from '../../attribution.ts';
import { valueOf, type Values } from '../match.ts';

/** A stop for every call that has all values of `scope`; an empty scope stops everything. */
export interface Pause {
  readonly scope: Values;
  readonly by: string;
  /** Epoch ms; undefined until it is resumed. */
  readonly until: number | undefined;
}

/** The pauses that are in force. */
export class Pauses {
  readonly #serviceName: string;
  #pauses: readonly Pause[] = [];

  /** `serviceName`: the agent of calls that name none. */
  constructor(serviceName: string) {
    this.#serviceName = serviceName;
  }

  /** Stops `pause.scope`; replaces an earlier pause of the same scope. */
  add(pause: Pause): void {
    this.remove(pause.scope);
    this.#pauses = [...this.#pauses, pause];
  }

  /** Lifts the pause of exactly this scope. */
  remove(scope: Values): void {
    this.#pauses = this.#pauses.filter((pause) => !(covers(pause.scope, scope, '') && covers(scope, pause.scope, '')));
  }

  /** The first pause that stops a call with these values. */
  stopping(at: Values, now: number): Pause | undefined {
    return this.#find(at, now, this.#serviceName);
  }

  /** The first pause that stops every call of an account with these values: an account without `agent` is of all agents. */
  covering(account: Values, now: number): Pause | undefined {
    return this.#find(account, now, '');
  }

  #find(values: Values, now: number, serviceName: string): Pause | undefined {
    if (this.#pauses.length === 0) return undefined;
    return this.#pauses.find(
      ({ scope, until }) => (until === undefined || now < until) && covers(scope, values, serviceName),
    );
  }
}

function covers(scope: Values, values: Values, serviceName: string): boolean {
  return Object.entries(scope).every(
    ([dimension, value]) => value === undefined || valueOf(values, dimension as Dimension, serviceName) === value,
  );
}
