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
