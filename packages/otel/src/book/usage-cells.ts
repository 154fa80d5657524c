import { DIMENSIONS, type Dimension } from '@tollgate/core';
import { NewestValues, type Kept } from './newest-values.ts';
import { addSums, noSums, type Sums } from './sums.ts';

/** Stands for every task, user and session that is no longer kept by name. */
export const OLDER = '(older)';
/** Stands for the names of a dimension beyond the first thousand: they are then ids, which only tasks, users and sessions may be. */
export const OTHER = '(other)';

/** One value per dimension, in the order of `DIMENSIONS`. */
export type Values = readonly (string | undefined)[];

/** The sums of one combination of values of all dimensions. */
export interface Cell {
  readonly key: string;
  readonly values: Values;
  readonly sums: Sums;
  readonly kept: readonly (Kept<Cell> | undefined)[];
  /** Its sums have moved to another cell: nothing may be added to it any more. */
  folded: boolean;
}

/** How much is remembered. */
export interface CellLimits {
  /** Tasks, users and sessions kept by name, each. */
  maxValues: number;
  /** Names kept of every other dimension. */
  maxNames: number;
  /** Combinations held at once. */
  maxCells: number;
}

/** The dimensions with a value per unit of work. The values of all others are few. */
const UNBOUNDED: readonly Dimension[] = ['task', 'user', 'session'];

/**
 * One cell per distinct combination of all nine dimensions: the only shape that answers every `by` exactly without a table
 * per question. It stays bounded because whole values leave it, never single cells: when a task is let go, all its cells
 * merge into those of `(older)`, so a task that is shown is shown in full, and no sum changes.
 */
export class UsageCells {
  readonly #limits: CellLimits;
  readonly #cells = new Map<string, Cell>();
  readonly #names = DIMENSIONS.map(() => new Set<string>());
  readonly #newest = UNBOUNDED.map((dimension) => ({
    position: DIMENSIONS.indexOf(dimension),
    values: new NewestValues<Cell>(),
  }));

  constructor(limits: CellLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#cells.size;
  }

  all(): Iterable<Cell> {
    return this.#cells.values();
  }

  /** The cell of these values, made if need be. */
  find(raw: Values): Cell {
    const direct = this.#cells.get(keyOf(raw));
    return direct ?? this.#cellOf(raw.map((value, position) => this.#named(value, position)));
  }

  /** Makes the task, user and session of a cell the last ones to be folded. */
  use(cell: Cell): void {
    for (let n = 0; n < UNBOUNDED.length; n++) {
      const kept = cell.kept[n];
      if (kept !== undefined) this.#newest[n]?.values.use(kept);
    }
  }

  /** Makes room until all limits hold again; `added` is the cell that was used last. */
  trim(added: Cell): void {
    const { maxValues, maxCells } = this.#limits;
    for (const { values, position } of this.#newest) {
      while (values.size > maxValues) this.#foldOldest(values, position);
    }
    while (this.#cells.size > maxCells) {
      const largest = this.#newest.reduce((a, b) => (b.values.size > a.values.size ? b : a));
      if (largest.values.size > 0) this.#foldOldest(largest.values, largest.position);
      else
        return added.folded
          ? undefined
          : this.#move(
              added,
              DIMENSIONS.map(() => OTHER),
            );
    }
  }

  #named(value: string | undefined, position: number): string | undefined {
    const known = this.#names[position];
    if (value === undefined || known === undefined || this.#newest.some((x) => x.position === position)) return value;
    if (known.size < this.#limits.maxNames) known.add(value);
    return known.has(value) ? value : OTHER;
  }

  #cellOf(values: Values): Cell {
    const key = keyOf(values);
    let cell = this.#cells.get(key);
    if (cell === undefined) {
      const kept = this.#newest.map((newest) => keep(newest.values, values[newest.position]));
      cell = { key, values, sums: noSums(), kept, folded: false };
      for (const value of kept) value?.attached.add(cell);
      this.#cells.set(key, cell);
    }
    return cell;
  }

  #foldOldest(values: NewestValues<Cell>, position: number): void {
    for (const cell of values.takeOldest()?.attached ?? []) this.#move(cell, cell.values.with(position, OLDER));
  }

  #move(cell: Cell, values: Values): void {
    cell.folded = true;
    this.#cells.delete(cell.key);
    for (const value of cell.kept) value?.attached.delete(cell);
    addSums(this.#cellOf(values).sums, cell.sums);
  }
}

function keyOf(values: Values): string {
  return values.join('\0');
}

function keep(newest: NewestValues<Cell>, value: string | undefined): Kept<Cell> | undefined {
  return value === undefined || value === OLDER || value === OTHER ? undefined : newest.keep(value);
}
