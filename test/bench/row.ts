/** One line of the result: a quantity, what it is compared with, and how large it may be. */
export interface Row {
  readonly name: string;
  /** The quantity itself, for whom a ratio says too little: `31 µs`. */
  readonly measured: string;
  /** What counts, in `unit`; undefined where it could not be measured, and then `measured` says why. */
  readonly value: number | undefined;
  /** `×` of the yardstick that the name has, `J`, or a unit of its own. */
  readonly unit: string;
  /** Undefined where the figure is only told. */
  readonly mark: number | undefined;
}

/** Whether the quantity is within its mark, as it is shown. */
export function verdictOf({ value, mark }: Row): 'met' | 'NOT MET' | 'skipped' | '' {
  if (mark === undefined) return '';
  if (value === undefined) return 'skipped';
  return value <= mark ? 'met' : 'NOT MET';
}

/** The rows of one group as lines of text, with a heading. */
export function table(heading: string, rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const value = row.value === undefined ? '–' : shown(row.value, row.unit);
    const cells = [row.name.padEnd(66), row.measured.padStart(16), value.padStart(10)];
    const mark = row.mark === undefined ? '' : `≤ ${shown(row.mark, row.unit)}`;
    return `  ${cells.join('  ')}  ${mark.padStart(12)}  ${verdictOf(row)}`.trimEnd();
  });
  return [heading, ...lines].join('\n');
}

function shown(value: number, unit: string): string {
  if (unit === '×') return `×${value.toFixed(2)}`;
  return `${value.toFixed(Math.abs(value) < 10 ? 2 : 0)} ${unit}`;
}
