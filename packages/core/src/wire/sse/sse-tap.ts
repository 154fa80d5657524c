import type { Operation, ReplyFacts, StreamReader, Wire } from '../wire.ts';
import { saidOutput } from '../usage/said-totals.ts';
import { beginOfEvent, endOfEvent } from './event-bytes.ts';
import { readEvent } from './event-text.ts';
import { EventWindow, headEvents } from './event-window.ts';
import { UsageEventFilter } from './usage-event-filter.ts';

/** What a tap is put on. */
export interface SseTapOptions {
  wire: Wire;
  operation: Operation;
  /** Cuts the event out that exists only because of `withStreamUsage`. */
  hideUsageOnly: boolean;
  /** Answers that the request asked for; with several, all events that are kept are read. Default 1. */
  choices?: number | undefined;
}

/**
 * Reads along with a stream of server-sent events, without parsing more than its first and last ones. The same bytes give
 * the same facts in whatever chunks they come. Nothing here throws.
 */
export interface SseTap {
  /** Takes note of a chunk and returns what the app gets: nearly always that very object, undefined where it is held back. */
  push(chunk: Uint8Array): Uint8Array | undefined;
  /** What is still held back at the end of the stream. */
  flush(): Uint8Array | undefined;
  /**
   * What was said so far; may be asked at any time and more than once. Where there is no final usage, or it does not say the
   * output, all events that are kept are read for `outputLength`, which is scaled to the whole stream; else it is what the
   * last event repeats, or 0.
   */
  facts(): ReplyFacts;
  /** The facts for the last time: what was kept is let go, and all further chunks pass unread. Safe to call twice. */
  close(): ReplyFacts;
  /** Events so far, comments and the end mark included; once the stream is longer than what is kept, scaled from that. */
  events(): number;
}

/** Puts a tap on a stream. */
export function createSseTap(options: SseTapOptions): SseTap {
  const { wire, hideUsageOnly } = options;
  const window = new EventWindow();
  const filter = hideUsageOnly ? new UsageEventFilter((event) => wire.isUsageOnlyEvent?.(event) === true) : undefined;
  const facts = (): ReplyFacts => factsOf(window, options);
  let last: ReplyFacts | undefined;
  return {
    push(chunk) {
      if (last === undefined) window.push(chunk);
      return filter === undefined ? chunk : filter.push(chunk);
    },
    flush: () => filter?.flush(),
    facts: () => last ?? facts(),
    close() {
      if (last === undefined) {
        last = facts();
        window.release();
      }
      return last;
    },
    events: () => countEvents(window),
  };
}

/** Events at the end of a stream among which its finish reason and its usage are. */
const tailEvents = 8;

function factsOf(window: EventWindow, { wire, operation, choices = 1 }: SseTapOptions): ReplyFacts {
  const bytes = window.bytes();
  const ends = read(wire.streamReader(operation), headAndTail(window, bytes, wire.marks));
  if (ends.usageFinal && choices === 1 && saidOutput(ends.usage, operation) !== undefined) {
    return wire.repeatsAnswer === true ? ends : { ...ends, outputLength: 0 };
  }
  const all = read(wire.streamReader(operation), allKept(window, bytes));
  return { ...all, outputLength: scaled(all.outputLength, window, bytes) };
}

function countEvents(window: EventWindow): number {
  const bytes = window.bytes();
  let count = 0;
  for (let end = endOfEvent(bytes, 0); end !== -1; end = endOfEvent(bytes, end)) count += 1;
  return scaled(count, window, bytes);
}

/** From the kept bytes to all that have passed. */
function scaled(amount: number, window: EventWindow, bytes: Buffer): number {
  return Math.round((amount * window.passed) / Math.max(1, bytes.length));
}

function read(reader: StreamReader, events: Iterable<string>): ReplyFacts {
  let done = false;
  for (const event of events) {
    const data = readEvent(event);
    if (data.kind === 'json') reader.push(data.value);
    done ||= data.kind === 'done';
  }
  const facts = reader.facts();
  return done ? { ...facts, complete: true, usageFinal: facts.usage !== undefined } : facts;
}

/** The first and the last events, as far as they say something of usage or of the end. */
function* headAndTail(window: EventWindow, bytes: Buffer, marks: readonly string[]): Iterable<string> {
  const tail = [bytes.length];
  for (let begin = bytes.length; begin > 0 && tail.length <= tailEvents; tail.unshift(begin)) {
    begin = beginOfEvent(bytes, begin);
  }
  const head = [...window.head];
  for (let begin = 0; head.length < headEvents && begin < (tail[0] ?? 0);) {
    const end = endOfEvent(bytes, begin);
    head.push(bytes.toString('utf8', begin, end));
    begin = end;
  }
  const last = tail.slice(1).map((end, index) => bytes.toString('utf8', tail[index] ?? 0, end));
  yield* [...head, ...last].filter((event) => marks.some((mark) => says(event, mark)));
}

function* allKept(window: EventWindow, bytes: Buffer): Iterable<string> {
  yield* window.head;
  let begin = 0;
  for (let end = endOfEvent(bytes, 0); end !== -1; end = endOfEvent(bytes, end)) {
    yield bytes.toString('utf8', begin, end);
    begin = end;
  }
  yield bytes.toString('utf8', begin, bytes.length);
}

const isNull = /\s*:\s*null/y;

/** Whether an event has a key with a value other than null. */
function says(event: string, mark: string): boolean {
  for (let at = event.indexOf(mark); at !== -1; at = event.indexOf(mark, at + 1)) {
    isNull.lastIndex = at + mark.length;
    if (!isNull.test(event)) return true;
  }
  return false;
}
