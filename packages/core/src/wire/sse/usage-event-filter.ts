import { endOfEvent } from './event-bytes.ts';
import { readEvent } from './event-text.ts';

/** Longer events are no usage events: they are handed on as they come. */
const longestHeld = 16 * 1024;

/**
 * Cuts those events out of a stream that `isHidden` names, as whole events; it may name only such as contain an empty list,
 * which is how the others are told apart without parsing them. An event that has begun is held back until it ends, so that
 * none is shown in part; all other bytes pass as they are, in the chunks in which they came.
 */
export class UsageEventFilter {
  readonly #isHidden: (event: unknown) => boolean;
  #held: Uint8Array | undefined;
  /** Inside an event that is too long to hold. */
  #passing = false;

  constructor(isHidden: (event: unknown) => boolean) {
    this.#isHidden = isHidden;
  }

  /** What the app gets of a chunk: the same object where nothing is cut or held, undefined where there is nothing for it. */
  push(chunk: Uint8Array): Uint8Array | undefined {
    if (this.#held === undefined && !this.#passing && endsAnEvent(chunk) && !hasEmptyList(chunk)) return chunk;
    return this.#sift(chunk);
  }

  /** The bytes that are still held when the stream ends. */
  flush(): Uint8Array | undefined {
    const held = this.#held;
    this.#held = undefined;
    return held === undefined || this.#hides(viewOf(held)) ? undefined : held;
  }

  #sift(chunk: Uint8Array): Uint8Array | undefined {
    const before = this.#held;
    const data = viewOf(before === undefined ? chunk : join([before, chunk]));
    const { shown, end } = this.#siftWhole(data);
    this.#passing ||= data.length - end > longestHeld;
    const holdFrom = this.#passing ? beforeLineEnds(data, end) : end;
    this.#held = holdFrom === data.length ? undefined : join([data.subarray(holdFrom)]);
    if (before === undefined && this.#held === undefined && shown.length === 1) return chunk;
    if (holdFrom > end) shown.push(data.subarray(end, holdFrom));
    const rest = join(shown);
    if (rest.length === 0) return undefined;
    return Buffer.isBuffer(chunk) ? viewOf(rest) : rest;
  }

  /** The stretches of whole events that are shown, and where the last whole event ends. */
  #siftWhole(data: Buffer): { shown: Buffer[]; end: number } {
    const shown: Buffer[] = [];
    let showFrom = 0;
    let begin = 0;
    for (let end = endOfEvent(data, 0); end !== -1; end = endOfEvent(data, end)) {
      if (!this.#passing && end - begin <= longestHeld && this.#hides(data.subarray(begin, end))) {
        shown.push(data.subarray(showFrom, behindBlankLines(data, begin)));
        showFrom = end;
      }
      this.#passing = false;
      begin = end;
    }
    shown.push(data.subarray(showFrom, begin));
    return { shown, end: begin };
  }

  #hides(event: Buffer): boolean {
    if (!hasEmptyList(event)) return false;
    const read = readEvent(event.toString('utf8'));
    return read.kind === 'json' && this.#isHidden(read.value);
  }
}

const [lf, cr, space, tab, colon, openingBracket, closingBracket] = [10, 13, 32, 9, 58, 91, 93];

function endsAnEvent(chunk: Uint8Array): boolean {
  const { length } = chunk;
  if (length < 2 || chunk[length - 1] !== lf) return false;
  return chunk[length - 2] === lf || (chunk[length - 2] === cr && chunk[length - 3] === lf);
}

/** Whether a list is empty, or is only because a line of data ends inside it. */
function hasEmptyList(chunk: Uint8Array): boolean {
  for (let at = find(chunk, closingBracket, 0); at !== -1; at = find(chunk, closingBracket, at + 1)) {
    let before = at - 1;
    while (isBlank(chunk[before])) before -= 1;
    if (chunk[before] === openingBracket || chunk[before] === colon) return true;
  }
  return false;
}

/** `Buffer`'s search is several times faster than that of `Uint8Array`, and takes both; a short rest is faster by hand. */
function find(chunk: Uint8Array, byte: number, from: number): number {
  if (chunk.length - from > 48) return Buffer.prototype.indexOf.call(chunk, byte, from);
  for (let at = from; at < chunk.length; at += 1) {
    if (chunk[at] === byte) return at;
  }
  return -1;
}

function isBlank(byte: number | undefined): boolean {
  return byte === space || byte === lf || byte === cr || byte === tab;
}

function behindBlankLines(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === lf || bytes[at] === cr) at += 1;
  return at;
}

/** Where the line ends begin with which the bytes end: they may be the first part of a blank line. */
function beforeLineEnds(bytes: Uint8Array, from: number): number {
  let at = bytes.length;
  while (at > from && (bytes[at - 1] === lf || bytes[at - 1] === cr)) at -= 1;
  return at;
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** One array with memory of its own: memory of Buffer's pool must not get into streams that transfer what they are given. */
function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
