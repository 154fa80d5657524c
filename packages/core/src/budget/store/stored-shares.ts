import type { Amounts } from '../measures.ts';
import { addAmounts, noAmounts, UNITS } from '../measures.ts';

/** What one process has of one account. `allowance` is the cumulative spend up to which its lease reaches. */
interface Share {
  readonly spent: Amounts;
  held: Readonly<Amounts>;
  allowance: Amounts;
  expiresAt: number;
}

/** One account of a store: who has spent, and who may spend, how much of it. */
export class StoredShares {
  readonly #shares = new Map<string, Share>();
  /** After this the account may be forgotten, epoch ms. */
  forgetAt: number = Infinity;

  /** Merges a settlement: the larger spend of each unit counts, and the holds of the message that is not older. */
  settle(process: string, spent: Readonly<Amounts>, held: Readonly<Amounts>): void {
    const share = this.#share(process);
    const isNewer = UNITS.every((unit) => spent[unit] >= share.spent[unit]);
    for (const unit of UNITS) share.spent[unit] = Math.max(share.spent[unit], spent[unit]);
    if (isNewer) share.held = held;
  }

  /** The most that the process may have beyond its spend: what nobody else has spent or may spend. */
  mostFor(process: string, limit: Readonly<Amounts>, now: number): Amounts {
    const most = { ...limit };
    for (const [name, share] of this.#shares) {
      const taken = name === process ? share.spent : takenBy(share, now);
      for (const unit of UNITS) most[unit] = Math.max(0, most[unit] - taken[unit]);
    }
    return most;
  }

  /** Lets the process spend `amounts` beyond its spend, until `expiresAt`. */
  grant(process: string, amounts: Readonly<Amounts>, expiresAt: number): void {
    const share = this.#share(process);
    share.allowance = { ...share.spent };
    addAmounts(share.allowance, amounts);
    share.expiresAt = expiresAt;
  }

  /** What the process may still spend. */
  leaseOf(process: string, now: number): Amounts {
    const share = this.#shares.get(process);
    return share === undefined ? noAmounts() : restOf(share, now);
  }

  othersThan(process: string, now: number): number {
    return [...this.#shares].filter(([name, share]) => name !== process && isLive(share, now)).length;
  }

  total(now: number): { spent: Amounts; leased: Amounts } {
    const total = { spent: noAmounts(), leased: noAmounts() };
    for (const share of this.#shares.values()) {
      addAmounts(total.spent, share.spent);
      if (isLive(share, now)) addAmounts(total.leased, restOf(share, now));
      else addAmounts(total.spent, share.held);
    }
    return total;
  }

  #share(process: string): Share {
    let share = this.#shares.get(process);
    if (share === undefined) {
      share = { spent: noAmounts(), held: noAmounts(), allowance: noAmounts(), expiresAt: -Infinity };
      this.#shares.set(process, share);
    }
    return share;
  }
}

function isLive(share: Share, now: number): boolean {
  return now < share.expiresAt;
}

function restOf(share: Share, now: number): Amounts {
  const rest = noAmounts();
  if (isLive(share, now)) {
    for (const unit of UNITS) rest[unit] = Math.max(0, share.allowance[unit] - share.spent[unit]);
  }
  return rest;
}

/** A process that was not heard of until its lease ran out may have sent what it held: that counts as spent, until it says better. */
function takenBy(share: Share, now: number): Amounts {
  const taken = isLive(share, now) ? restOf(share, now) : { ...share.held };
  addAmounts(taken, share.spent);
  return taken;
}
