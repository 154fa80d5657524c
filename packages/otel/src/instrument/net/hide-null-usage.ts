const KEY = Buffer.from('"usage":');
const NULL = Buffer.from('null');
const COLON = 58;
const COMMA = 44;
const QUOTE = 34;
const SPACE = 32;
const U = 117;

/**
 * A stream that is asked for its usage says `"usage":null` in every event before the one that tells it. An app that has
 * not asked sees no such key: blanks stand in its place, in the very bytes that are given, for a copy of every piece of a
 * stream would cost more than all else that is done with it. Tells whether there was one. A quote inside a string is
 * escaped, so what is found is a key and never a text of the app's.
 */
export function hideNullUsage(events: Uint8Array): boolean {
  let isHidden = false;
  for (let at = events.length - KEY.length; at >= 0; at -= 1) {
    // The second letter is rarer than the quote before it; a search by the platform takes twice as long on pieces this small.
    if (events[at + 1] !== U || events[at] !== QUOTE || events[at + 7] !== COLON) continue;
    isHidden = hideAt(events, at) || isHidden;
  }
  return isHidden;
}

function hideAt(events: Uint8Array, at: number): boolean {
  if (!says(events, at, KEY)) return false;
  const value = behindBlanks(events, at + KEY.length);
  if (!says(events, value, NULL)) return false;
  const [from, to] = withComma(events, at, value + NULL.length);
  for (let index = from; index < to; index += 1) events[index] = SPACE;
  return true;
}

function says(events: Uint8Array, at: number, what: Uint8Array): boolean {
  for (let index = 0; index < what.length; index += 1) if (events[at + index] !== what[index]) return false;
  return true;
}

/** From where to where a key is taken out together with one of the commas around it. */
function withComma(events: Uint8Array, begin: number, end: number): [from: number, to: number] {
  let before = begin - 1;
  while (events[before] === SPACE) before -= 1;
  if (events[before] === COMMA) return [before, end];
  const behind = behindBlanks(events, end);
  return [begin, events[behind] === COMMA ? behind + 1 : end];
}

function behindBlanks(events: Uint8Array, from: number): number {
  let at = from;
  while (events[at] === SPACE) at += 1;
  return at;
}
