import type { Account } from './account.ts';

type Branch = Map<string, Branch | Account>;

/** The accounts of one window by their `by` values: one level of maps per dimension, so that a look-up builds no key. */
export class AccountTree {
  #root: Branch | Account | undefined = undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(path: readonly string[]): Account | undefined {
    let node = this.#root;
    for (const value of path) node = (node as Branch | undefined)?.get(value);
    return node as Account | undefined;
  }

  /** Adds an account under a path that is not taken. */
  add(path: readonly string[], account: Account): void {
    this.#size++;
    const last = path.at(-1);
    if (last === undefined) {
      this.#root = account;
      return;
    }
    this.#root ??= new Map();
    let branch = this.#root as Branch;
    for (const value of path.slice(0, -1)) {
      let next = branch.get(value) as Branch | undefined;
      if (next === undefined) branch.set(value, (next = new Map()));
      branch = next;
    }
    branch.set(last, account);
  }

  *[Symbol.iterator](): IterableIterator<Account> {
    if (this.#root !== undefined) yield* walk(this.#root);
  }

  /** Removes every account that `drop` says yes to. */
  prune(drop: (account: Account) => boolean): void {
    if (this.#root instanceof Map) this.#size -= pruneBranch(this.#root, drop);
  }
}

function* walk(node: Branch | Account): IterableIterator<Account> {
  if (!(node instanceof Map)) yield node;
  else for (const child of node.values()) yield* walk(child);
}

function pruneBranch(branch: Branch, drop: (account: Account) => boolean): number {
  let dropped = 0;
  for (const [value, child] of branch) {
    if (child instanceof Map) {
      dropped += pruneBranch(child, drop);
      if (child.size === 0) branch.delete(value);
    } else if (drop(child)) {
      branch.delete(value);
      dropped++;
    }
  }
  return dropped;
}
