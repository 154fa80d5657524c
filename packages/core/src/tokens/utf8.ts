/** Writes the UTF-8 of `text[from, to)` to the start of `bytes`; returns its size. A lone surrogate becomes U+FFFD. */
export function writeUtf8(text: string, from: number, to: number, bytes: Uint8Array): number {
  let size = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[size++] = code;
    } else {
      const point = isSurrogate(code) ? codePointIn(text, i, to) : code;
      size = writeCodePoint(point, bytes, size);
      if (point > 0xffff) i++;
    }
  }
  return size;
}

const REPLACEMENT = 0xfffd;

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** The code point at `at`, whose second half must come before `to`. */
function codePointIn(text: string, at: number, to: number): number {
  const point = at + 1 < to ? text.codePointAt(at)! : REPLACEMENT;
  return point > 0xffff ? point : REPLACEMENT;
}

/** Writes a code point above ASCII at `size`; returns the new size. */
function writeCodePoint(point: number, bytes: Uint8Array, start: number): number {
  let size = start;
  if (point < 0x800) {
    bytes[size++] = 0xc0 | (point >> 6);
  } else if (point < 0x10000) {
    bytes[size++] = 0xe0 | (point >> 12);
    bytes[size++] = 0x80 | ((point >> 6) & 0x3f);
  } else {
    bytes[size++] = 0xf0 | (point >> 18);
    bytes[size++] = 0x80 | ((point >> 12) & 0x3f);
    bytes[size++] = 0x80 | ((point >> 6) & 0x3f);
  }
  bytes[size++] = 0x80 | (point & 0x3f);
  return size;
}
