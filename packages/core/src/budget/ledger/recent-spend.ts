import type { Amounts } from '../measures.ts';
import { addAmounts, noAmounts, takeAmounts } from '../measures.ts';

const SLOTS_PER_WINDOW = 60;

/**
 * The spend of a rolling window, in slots of a sixtieth of its length. An amount leaves between one length and one length
 * and a sixtieth after its call was admitted: never early, so that no span of the window's length can hold more than the limit.
 */
export class RecentSpend {
  readonly #lengthMs: number;
  readonly #slotMs: number;
  readonly #slots: { readonly slot: number; readonly amounts: Amounts }[] = [];

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
    this.#slotMs = Math.ceil(lengthMs / SLOTS_PER_WINDOW);
  }

  /** The slot of a call that is admitted at `now`. */
  slotAt(now: number): number {
    return Math.floor(now / this.#slotMs);
  }

  /** Notes spend of a call that was admitted in `slot`. False, and nothing noted, when that slot has left the window by `now`. */
  add(slot: number, amounts: Amounts, now: number): boolean {
    if (this.#leavesAt(slot) <= now) return false;
    let index = this.#slots.length;
    while (index > 0 && this.#slot(index - 1) > slot) index--;
    if (index === 0 || this.#slot(index - 1) !== slot) this.#slots.splice(index++, 0, { slot, amounts: noAmounts() });
    const entry = this.#slots[index - 1];
    if (entry !== undefined) addAmounts(entry.amounts, amounts);
    return true;
  }

  /** Takes what has left the window by `now` from `total`, and says whether anything had. */
  expire(now: number, total: Amounts): boolean {
    let expired = false;
    for (let oldest = this.#slots[0]; oldest && this.#leavesAt(oldest.slot) <= now; oldest = this.#slots[0]) {
      takeAmounts(total, oldest.amounts);
      this.#slots.shift();
      expired = true;
    }
    return expired;
  }

  /** When the oldest spend leaves; undefined when there is none. */
  nextExit(): number | undefined {
    const oldest = this.#slots[0];
    return oldest && this.#leavesAt(oldest.slot);
  }

  #leavesAt(slot: number): number {
    return (slot + 1) * this.#slotMs + this.#lengthMs;
  }

  #slot(index: number): number {
    return this.#slots[index]?.slot ?? -Infinity;
  }
}
