import { endOfEvent } from './event-bytes.ts';

/** Bytes that a window holds before it drops older ones, that it then keeps at least, and that the longest event may have. */
export interface WindowLimits {
  capacity: number;
  kept: number;
  largestEvent: number;
}

const usualLimits: WindowLimits = { capacity: 64 * 1024, kept: 32 * 1024, largestEvent: 16 * 1024 * 1024 };
const longestBlankLine = 4;

/**
 * Buffers of windows that were released, for the next streams: memory outside the heap that is made for every stream lets
 * the garbage collector run more often than the app's own work does.
 */
const spare: Buffer[] = [];
const mostSpare = 8;

/** How many events are kept from the beginning of a stream. */
export const headEvents = 2;

/**
 * Keeps the first events and the last 32 to 64 KiB of a stream, and always the event that is under way (up to 16 MiB). What
 * is kept depends on the bytes alone, not on the chunks in which they came. Copies: a chunk may be detached or reused by
 * whoever it is handed on to.
 */
export class EventWindow {
  readonly #limits: WindowLimits;
  #buffer: Buffer;
  #filled = 0;
  #dropped = 0;
  /** Where the first whole event begins: behind the rest of one that was given up. Undefined until that has ended. */
  #begin: number | undefined = 0;
  readonly #head: string[] = [];

  constructor(limits: WindowLimits = usualLimits) {
    this.#limits = limits;
    this.#buffer = (limits === usualLimits ? spare.pop() : undefined) ?? Buffer.allocUnsafeSlow(limits.capacity);
  }

  /** Lets go of all that is kept. Nothing may be asked or pushed any more. */
  release(): void {
    const isUsual = this.#limits === usualLimits && this.#buffer.length === usualLimits.capacity;
    if (isUsual && spare.length < mostSpare) spare.push(this.#buffer);
    this.#buffer = Buffer.alloc(0);
    this.#filled = 0;
  }

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

  /** Bytes that have passed, without those of events that were given up. */
  get passed(): number {
    return this.#dropped + this.#filled - (this.#seek() ?? this.#filled);
  }

  /** First events that are no longer in the window. */
  get head(): readonly string[] {
    return this.#head;
  }

  /** What is in the window from the beginning of an event on: a view, until the next push. */
  bytes(): Buffer {
    return this.#buffer.subarray(this.#seek() ?? this.#filled, this.#filled);
  }

  #view(): Buffer {
    return this.#buffer.subarray(0, this.#filled);
  }

  #seek(): number | undefined {
    if (this.#begin === undefined) {
      const end = endOfEvent(this.#view(), 0);
      if (end !== -1) this.#begin = end;
    }
    return this.#begin;
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
    const begin = this.#seek();
    const from = begin === undefined ? this.#filled : Math.max(begin, this.#dropTo());
    if (begin === undefined || this.#filled - from > this.#limits.largestEvent) {
      this.#giveUp();
      return;
    }
    this.#keepHead(begin, from);
    this.#buffer.copyWithin(0, from, this.#filled);
    this.#dropped += from - begin;
    this.#filled -= from;
    this.#begin = 0;
  }

  /** Drops everything but what may be the first part of the blank line at the end of the event. */
  #giveUp(): void {
    const rest = this.#buffer.subarray(this.#filled - longestBlankLine, this.#filled);
    this.#buffer = Buffer.allocUnsafeSlow(this.#limits.capacity);
    this.#buffer.set(rest);
    this.#filled = rest.length;
    this.#begin = undefined;
  }

  /** The first beginning of an event among the bytes to keep, else the last one before them; 0 where there is none. */
  #dropTo(): number {
    const limit = this.#filled - this.#limits.kept;
    const bytes = this.#view();
    const end = endOfEvent(bytes, limit);
    if (end !== -1) return end;
    let last = 0;
    for (let at = endOfEvent(bytes, 0); at !== -1; at = endOfEvent(bytes, at)) last = at;
    return last;
  }

  #keepHead(from: number, to: number): void {
    if (this.#head.length === headEvents) return;
    const bytes = this.#view();
    for (let begin = from; this.#head.length < headEvents && begin < to;) {
      const end = endOfEvent(bytes, begin);
      this.#head.push(bytes.toString('utf8', begin, end));
      begin = end;
    }
  }
}
