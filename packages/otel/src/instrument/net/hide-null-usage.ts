const KEY = Buffer.from('"usage":');
const NULL = Buffer.from('null');
const [comma, space] = [44, 32];

/**
 * A stream that is asked for its usage says `"usage":null` in every event before the one that tells it. An app that has
 * not asked sees neither: the key is cut out. Takes whole events; gives back the same bytes where there is nothing to cut.
 * A quote inside a string is escaped, so what is found is a key and never an app's text.
 */
export function hideNullUsage(events: Uint8Array): Uint8Array {
  let at = find(events, 0);
  if (at === -1) return events;
  const kept: Uint8Array[] = [];
  let from = 0;
  for (; at !== -1; at = find(events, at + KEY.length)) {
    const end = endOfNull(events, at + KEY.length);
    if (end === undefined) continue;
    const [begin, behind] = withItsComma(events, at, end);
    kept.push(events.subarray(from, begin));
    from = behind;
  }
  if (from === 0) return events;
  kept.push(events.subarray(from));
  return join(kept, events);
}

function find(events: Uint8Array, from: number): number {
  return Buffer.prototype.indexOf.call(events, KEY, from);
}

function endOfNull(events: Uint8Array, from: number): number | undefined {
  const begin = events[from] === space ? from + 1 : from;
  return NULL.every((byte, index) => events[begin + index] === byte) ? begin + NULL.length : undefined;
}

function withItsComma(events: Uint8Array, begin: number, end: number): [begin: number, end: number] {
  const before = events[begin - 1] === space ? begin - 2 : begin - 1;
  if (events[before] === comma) return [before, end];
  if (events[end] !== comma) return [begin, end];
  return [begin, events[end + 1] === space ? end + 2 : end + 1];
}

/** One array with memory of its own: streams may transfer what they are given. */
function join(parts: readonly Uint8Array[], like: Uint8Array): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return Buffer.isBuffer(like) ? Buffer.from(joined.buffer) : joined;
}
