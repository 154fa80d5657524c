import { type Message, omitted, type Part } from './message.ts';
import { CONTENT_LIMIT, PART_SIZE, Room } from './room.ts';

/** Reads one message of a request as far as there is room; undefined where it is none. */
export type ReadMessage = (item: unknown, room: Room) => Message | undefined;
/** Reads one part of a message, or one tool, as far as there is room; undefined where it is none. */
export type ReadPart = (item: unknown, room: Room) => Part | undefined;

/** The part of the limit that the first message may take from those behind it. */
const HEAD_SHARE = CONTENT_LIMIT / 4;

/**
 * The messages of a conversation as JSON. Where they do not fit, the first one is kept (it tells what all is about) and
 * the last ones (they tell what is asked now); those in between are counted.
 */
export function fitMessages(items: readonly unknown[], read: ReadMessage): string | undefined {
  if (items.length < 2) return toJson(items.map((item) => read(item, new Room())));
  const headRoom = new Room(HEAD_SHARE);
  let head = read(items[0], headRoom);
  const room = new Room(CONTENT_LIMIT - (HEAD_SHARE - headRoom.left));
  const tail: Message[] = [];
  let at = items.length - 1;
  for (; at > 0 && !room.isFull; at -= 1) {
    room.take(PART_SIZE);
    const message = read(items[at], room);
    if (message !== undefined) tail.push(message);
  }
  if (headRoom.isCut && !room.isFull) head = read(items[0], new Room(HEAD_SHARE + room.left));
  if (at > 0) head = withOmitted(head, at);
  return toJson([head, ...tail.toReversed()]);
}

/** A list of parts, and how many more there are where they do not fit. */
export function fitParts(
  items: readonly unknown[],
  room: Room,
  read: ReadPart,
  of: 'parts' | 'tools' = 'parts',
): Part[] {
  const parts: Part[] = [];
  let seen = 0;
  for (const item of items) {
    if (room.isFull) break;
    seen += 1;
    const part = read(item, room);
    if (part === undefined) continue;
    room.take(PART_SIZE);
    parts.push(part);
  }
  if (seen < items.length) parts.push(omitted(items.length - seen, of));
  return parts;
}

/** A list of parts as the JSON of an attribute. */
export function fitList(
  items: readonly unknown[],
  read: ReadPart,
  of: 'parts' | 'tools' = 'parts',
): string | undefined {
  return toJson(fitParts(items, new Room(), read, of));
}

/** What there is of a list as JSON; undefined where that is nothing. */
export function toJson(items: readonly (Message | Part | undefined)[]): string | undefined {
  const known = items.filter((item) => item !== undefined);
  return known.length === 0 ? undefined : JSON.stringify(known);
}

function withOmitted(head: Message | undefined, count: number): Message {
  const gap = omitted(count, 'messages');
  return head === undefined ? { role: 'system', parts: [gap] } : { ...head, parts: [...head.parts, gap] };
}
