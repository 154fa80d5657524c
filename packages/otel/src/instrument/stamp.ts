/** A value that we keep on an object of somebody else's. */
export interface Stamp<Value> {
  get(target: object): Value | undefined;
  set(target: object, value: Value): void;
}

/** Gives back what it is called with: the private field of a class that extends it lands on that object. */
const Bearer = function (target: object): object {
  return target;
} as unknown as new (target: object) => object;

/**
 * A private field on foreign objects: nobody can see it, and it goes when they go. A `WeakMap` does the same, but the
 * garbage collector pays for each of its entries, and calls make several objects each.
 */
export function createStamp<Value>(): Stamp<Value> {
  class Stamped extends Bearer {
    #value: Value;

    constructor(target: object, value: Value) {
      super(target);
      this.#value = value;
    }

    static get(target: object): Value | undefined {
      return #value in target ? target.#value : undefined;
    }

    static set(target: object, value: Value): void {
      if (#value in target) target.#value = value;
      else void new Stamped(target, value);
    }
  }
  return Stamped;
}
