// Made when the first number is printed: Intl's data takes longer to load than the rest of the plugin's start-up.
let short: Intl.NumberFormat | undefined;

/** 1234567 → `1.2M`. */
export function compact(value: number): string {
  short ??= new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  return short.format(value).replace('K', 'k');
}

/** `1 call`, `2 calls`. */
export function plural(count: number, word: string): string {
  return `${compact(count)} ${word}${count === 1 ? '' : 's'}`;
}

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
