import { cell } from './text.ts';

/** Rows as aligned lines: the first column to the left, the others to the right, two spaces between. */
export function alignTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, Array.from(text).length);
  }
  return rows.map((row) =>
    row
      .map((text, column) => cell(text, widths[column] ?? 0, column === 0 ? 'left' : 'right'))
      .join('  ')
      .trimEnd(),
  );
}
