/** Rows of cells as lines, the first column to the left and the others to the right. */
export function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

/** Names are the app's: a line break or an escape sequence in one may not reach the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

/** Cut to a width, with an ellipsis for what is missing. */
export function fit(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** For terminals without Unicode. */
export function toAscii(text: string): string {
  return text
    .replaceAll('…', '.')
    .replaceAll('·', '-')
    .replace(/[^\x20-\x7e]/gu, '?');
}
