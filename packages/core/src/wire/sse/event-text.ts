/** What a stream's event said: its `data` as JSON, the end mark of OpenAI-like streams, or nothing that can be read. */
export type EventData = { kind: 'json'; value: unknown } | { kind: 'done' } | { kind: 'none' };

const none: EventData = { kind: 'none' };

/** Reads one event of a server-sent-event stream: LF or CRLF, several `data` lines, comments, a byte order mark. */
export function readEvent(event: string): EventData {
  const data = dataOf(event);
  if (data === undefined) return none;
  if (data === '[DONE]') return { kind: 'done' };
  try {
    return { kind: 'json', value: JSON.parse(data) };
  } catch {
    return none;
  }
}

function dataOf(event: string): string | undefined {
  let data: string | undefined;
  for (const raw of event.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const start = line.startsWith('\uFEFF') ? 1 : 0;
    if (!line.startsWith('data:', start)) continue;
    const from = start + (line[start + 5] === ' ' ? 6 : 5);
    data = data === undefined ? line.slice(from) : `${data}\n${line.slice(from)}`;
  }
  return data;
}

/**
 * Where the event that begins at `from` ends: the offset behind its blank line, or -1 where it has not ended. Works on
 * text of one character per byte, so that offsets are those of the bytes.
 */
export function endOfEvent(bytes: string, from: number): number {
  for (let at = bytes.indexOf('\n', from); at !== -1; at = bytes.indexOf('\n', at + 1)) {
    const next = bytes.charCodeAt(at + 1);
    if (next === lf) return at + 2;
    if (next === cr && bytes.charCodeAt(at + 2) === lf) return at + 3;
  }
  return -1;
}

/** Where the event begins that ends before or at `to`, but not before `start`: behind the blank line before it. */
export function beginOfEvent(bytes: string, to: number, start: number): number {
  for (let at = bytes.lastIndexOf('\n', to - 2); at > start; at = bytes.lastIndexOf('\n', at - 1)) {
    const before = bytes.charCodeAt(at - 1);
    if (before === lf || (before === cr && bytes.charCodeAt(at - 2) === lf)) return at + 1;
  }
  return start;
}

const lf = 10;
const cr = 13;
