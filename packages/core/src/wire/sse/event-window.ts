import { endOfEvent } from './event-text.ts';

const usualCapacity = 64 * 1024;
const kept = 32 * 1024;
const largestEvent = 16 * 1024 * 1024;
const longestBlankLine = 4;

/** How many events are kept from the beginning of a stream. */
export const headEvents = 2;

/**
 * Keeps the first events and the last 32 to 64 KiB of a stream, and always the event that is under way (up to 16 MiB). What
 * is kept depends on the bytes alone, not on the chunks in which they came. Copies: a chunk may be detached or reused by
 * whoever it is handed on to.
 */
export class EventWindow {
  #buffer = Buffer.allocUnsafeSlow(usualCapacity);
  #filled = 0;
  #dropped = 0;
  /** False while the window begins inside an event that was given up. */
  #aligned = true;
  readonly #head: string[] = [];

  push(chunk: Uint8Array): void {
    if (chunk.length < this.#buffer.length - this.#filled) {
      this.#buffer.set(chunk, this.#filled);
      this.#filled += chunk.length;
      return;
    }
    for (let from = 0; from < chunk.length;) {
      const part = chunk.subarray(from, from + this.#buffer.length - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === this.#buffer.length) this.#makeRoom();
    }
  }

  /** Bytes that have passed. */
  get passed(): number {
    return this.#dropped + this.#filled;
  }

  /** First events that are no longer in the window. */
  get head(): readonly string[] {
    return this.#head;
  }

  /** What is in the window from the beginning of an event on, one character per byte. */
  bytes(): string {
    return this.#latin1(this.#start());
  }

  /** Text of the bytes between two offsets into `bytes()`. */
  text(from: number, to: number): string {
    const start = this.#start();
    return this.#buffer.toString('utf8', start + from, start + to);
  }

  #latin1(from: number): string {
    return this.#buffer.toString('latin1', from, this.#filled);
  }

  #start(): number {
    if (this.#aligned) return 0;
    const end = endOfEvent(this.#latin1(0), 0);
    return end === -1 ? this.#filled : end;
  }

  #makeRoom(): void {
    this.#drop();
    if (this.#filled * 2 > this.#buffer.length) this.#grow();
  }

  #grow(): void {
    const grown = Buffer.allocUnsafeSlow(this.#buffer.length * 2);
    grown.set(this.#buffer.subarray(0, this.#filled));
    this.#buffer = grown;
  }

  #drop(): void {
    let from = this.#dropTo();
    this.#keepHead(from);
    this.#aligned ||= from > 0;
    if (this.#filled - from > largestEvent) this.#aligned = false;
    if (!this.#aligned) from = this.#filled - longestBlankLine;
    this.#buffer.copyWithin(0, from, this.#filled);
    this.#dropped += from;
    this.#filled -= from;
  }

  /** The first beginning of an event among the bytes to keep, else the last one before them; 0 where there is none. */
  #dropTo(): number {
    const limit = this.#filled - kept;
    const end = endOfEvent(this.#latin1(limit), 0);
    if (end !== -1) return limit + end;
    const bytes = this.#latin1(0);
    let last = 0;
    for (let at = endOfEvent(bytes, 0); at !== -1; at = endOfEvent(bytes, at)) last = at;
    return last;
  }

  #keepHead(dropTo: number): void {
    if (this.#head.length === headEvents || dropTo === 0) return;
    const bytes = this.#latin1(0);
    let begin = this.#start();
    while (this.#head.length < headEvents && begin < dropTo) {
      const end = endOfEvent(bytes, begin);
      this.#head.push(this.#buffer.toString('utf8', begin, end));
      begin = end;
    }
  }
}
