/** Characters counted in one go: at most 64 KiB of UTF-8. */
export const SLICE_LENGTH: number = Math.floor(65_536 / 3);

/**
 * A place that no piece of any encoding crosses: behind a letter that is not followed by a letter, a mark or the
 * apostrophe of a contraction, or behind the last of a run of digits. Half a surrogate pair tells nothing.
 */
const LAST_BOUNDARY = /^[^]*(?:\p{L}(?=[^\p{L}\p{M}\p{Cs}'])|\p{N}(?=[^\p{N}\p{Cs}]))/u;

/**
 * Where the slice of `text` that starts at `from` ends: at the last boundary within `length` characters. Only where
 * there is none (one character 20,000 times over) it cuts a piece in two, never a surrogate pair.
 */
export function sliceEnd(text: string, from: number, length: number = SLICE_LENGTH): number {
  const end = from + length;
  if (end >= text.length) return text.length;
  const match = LAST_BOUNDARY.exec(text.slice(from, end));
  if (match !== null) return from + match[0].length;
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
