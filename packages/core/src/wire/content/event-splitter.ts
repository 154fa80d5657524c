import { readEvent } from '../sse/event-text.ts';

/** Longer events are passed over: they hold media, or repeat what came before. */
const LONGEST_EVENT = 1024 * 1024;
const END_OF_EVENT = /\n\r?\n/g;
/** As much of the end of an event as may have come without the rest of it. */
const EDGE = 2;

/** Splits a stream of server-sent events, which comes in any chunks, into what its events say. */
export class EventSplitter {
  readonly #decoder = new TextDecoder();
  /** The event that is under way, and its last characters. */
  #pieces: string[] = [];
  #size = 0;
  #edge = '';

  /** Hands what each event says that ends in this chunk to `take`. */
  push(chunk: Uint8Array, take: (event: unknown) => void): void {
    const text = this.#edge + this.#decoder.decode(chunk, { stream: true });
    let fresh = this.#edge.length;
    let begin = 0;
    for (const { index, 0: blankLine } of text.matchAll(END_OF_EVENT)) {
      begin = index + blankLine.length;
      this.#add(text.slice(fresh, begin));
      this.flush(take);
      fresh = begin;
    }
    this.#add(text.slice(fresh));
    this.#edge = text.slice(Math.max(begin, text.length - EDGE));
  }

  /** Hands over what the last event says, where the stream has ended without its end. */
  flush(take: (event: unknown) => void): void {
    const data = readEvent(this.#pieces.join(''));
    this.#pieces = [];
    this.#size = 0;
    if (data.kind === 'json') take(data.value);
  }

  #add(text: string): void {
    this.#size += text.length;
    if (this.#size <= LONGEST_EVENT) this.#pieces.push(text);
    else this.#pieces = [];
  }
}
