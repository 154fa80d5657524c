/**
 * Most characters (UTF-16 units) of text that one attribute gets. Without a limit a prompt of 100,000 tokens holds 0.6 MiB
 * until its span is exported: a queue of 2,048 such spans holds 1.3 GiB, and their export blocks for milliseconds each.
 */
export const CONTENT_LIMIT: number = 64 * 1024;

/** What a message, a part or a tool is counted as beside its text, so that many small ones are bounded too. */
export const PART_SIZE = 32;

/** Stands at the end of a text that was cut. */
export function cutMark(leftOut: number): string {
  return ` … [${leftOut} more characters left out]`;
}

/** How much text an attribute may still take. */
export class Room {
  #left: number;
  #isCut = false;

  constructor(size: number = CONTENT_LIMIT) {
    this.#left = size;
  }

  get left(): number {
    return this.#left;
  }

  get isFull(): boolean {
    return this.#left <= 0;
  }

  /** Whether a text did not fit. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Counts what is not text. */
  take(size: number): void {
    this.#left = Math.max(0, this.#left - size);
  }

  /** As much of a text as there is room for. */
  keep(text: string): string {
    if (text.length <= this.#left) {
      this.#left -= text.length;
      return text;
    }
    const kept = text.slice(0, endOfCharacter(text, this.#left));
    this.#left = 0;
    this.#isCut = true;
    return kept;
  }

  /** The text, or its beginning with a mark that says how much is missing. */
  text(text: string): string {
    const kept = this.keep(text);
    return kept.length === text.length ? text : kept + cutMark(text.length - kept.length);
  }
}

/** Where to cut so that no character is cut in two. */
function endOfCharacter(text: string, at: number): number {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff ? at - 1 : at;
}
