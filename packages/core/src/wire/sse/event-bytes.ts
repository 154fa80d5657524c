const lf = 10;
const cr = 13;

/** Where the event that begins at `from` ends: the offset behind its blank line, or -1 where it has not ended. */
export function endOfEvent(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(lf, from); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    const next = bytes[at + 1];
    if (next === lf) return at + 2;
    if (next === cr && bytes[at + 2] === lf) return at + 3;
  }
  return -1;
}

/** Where the event begins that ends before or at `to`: behind the blank line before it, or 0. */
export function beginOfEvent(bytes: Buffer, to: number): number {
  if (to < 3) return 0;
  for (let at = bytes.lastIndexOf(lf, to - 2); at > 0; at = bytes.lastIndexOf(lf, at - 1)) {
    const before = bytes[at - 1];
    if (before === lf || (before === cr && bytes[at - 2] === lf)) return at + 1;
  }
  return 0;
}
