import { DIMENSIONS, type Attribution, type CallRecord, type Dimension, type UsageRow } from '@tollgate/core';
import { addCall, addSums, noSums } from './sums.ts';
import { UsageCells, type Cell, type CellLimits } from './usage-cells.ts';

/** What a process has spent, by any combination of dimensions. */
export interface UsageBook {
  /** Adds a call that is over. */
  record(record: CallRecord): void;
  /**
   * What was spent per combination of the values of `by`, dearest first; without `by` one row with the total. A dimension
   * that a call had no value for is absent from its row.
   */
  usage(query?: { by?: readonly Dimension[] | undefined }): UsageRow[];
  /** How many combinations are held in memory. */
  readonly cells: number;
}

/**
 * An empty book. It keeps the newest `maxValues` (10,000) tasks, users and sessions by name and folds older ones into
 * `(older)`, keeps `maxNames` (1,000) names of every other dimension and counts the rest as `(other)`, and holds at most
 * `maxCells` (ten per kept value) combinations, about 0.7 kB each.
 */
export function createUsageBook(limits: Partial<CellLimits> = {}): UsageBook {
  const maxValues = limits.maxValues ?? 10_000;
  const cells = new UsageCells({ maxValues, maxNames: 1_000, maxCells: 10 * maxValues, ...limits });
  // Attributions are frozen and shared by all calls of a scope, so most calls find their cell without building a key.
  const recent = new WeakMap<Attribution, { model: string; provider: string; cell: Cell }>();

  function cellOf({ at, requestModel: model, provider }: CallRecord): Cell {
    const hit = recent.get(at);
    if (hit !== undefined && hit.model === model && hit.provider === provider && !hit.cell.folded) return hit.cell;
    const cell = cells.find([at.team, at.user, at.session, at.agent, at.task, at.taskType, at.step, model, provider]);
    if (Object.isFrozen(at)) recent.set(at, { model, provider, cell });
    return cell;
  }

  return {
    record(record) {
      const cell = cellOf(record);
      addCall(cell.sums, record);
      cells.use(cell);
      cells.trim(cell);
    },
    usage: ({ by = [] } = {}) => rowsBy(cells.all(), by),
    get cells() {
      return cells.size;
    },
  };
}

function rowsBy(cells: Iterable<Cell>, by: readonly Dimension[]): UsageRow[] {
  const asked = DIMENSIONS.map((dimension, position) => ({ dimension, position })).filter((x) =>
    by.includes(x.dimension),
  );
  const rows = new Map<string, UsageRow>();
  if (asked.length === 0) rows.set('', { by: {}, ...noSums() });
  for (const cell of cells) {
    const key = asked.map(({ position }) => cell.values[position]).join('\0');
    let row = rows.get(key);
    if (row === undefined) {
      const values = asked.map(({ dimension, position }) => [dimension, cell.values[position]]);
      row = { by: Object.fromEntries(values.filter(([, value]) => value !== undefined)), ...noSums() };
      rows.set(key, row);
    }
    addSums(row, cell.sums);
  }
  return [...rows]
    .toSorted(([a, x], [b, y]) => y.nanoUsd - x.nanoUsd || y.calls - x.calls || (a < b ? -1 : 1))
    .map(([, row]) => row);
}
