import type { Loose } from '../loose.ts';
import { isDataUri } from './media.ts';
import type { Room } from './room.ts';

/** Levels of a structure that are looked into. */
const DEEPEST = 16;
/** Names of fields whose text is bytes, or is encrypted. */
const BYTES = new Set(['b64_json', 'file_data', 'encrypted_content', 'encrypted_index']);

type Fields = 'type' | 'media_type' | 'mime_type' | 'mimeType';

/** A copy of a structure of unknown shape, as JSON has it, without the bytes of media, as far as there is room. */
export function plain(value: unknown, room: Room, depth: number = 0): unknown {
  switch (typeof value) {
    case 'string':
      return isDataUri(value) ? bytesMark(value) : room.text(value);
    case 'number':
    case 'boolean':
      room.take(8);
      return value;
    case 'object':
      if (value === null) return null;
      room.take(2);
      if (depth === DEEPEST) return room.text('[deeper levels left out]');
      return Array.isArray(value) ? plainList(value, room, depth + 1) : plainObject(value, room, depth + 1);
    default:
      return undefined;
  }
}

/** The value of a JSON text where it is one and fits; else the text. */
export function parsed(text: string, room: Room): unknown {
  if (text.length > room.left) return room.text(text);
  try {
    return plain(JSON.parse(text), room);
  } catch {
    return room.text(text);
  }
}

function plainList(list: readonly unknown[], room: Room, depth: number): unknown[] {
  const kept: unknown[] = [];
  for (const item of list) {
    if (room.isFull) break;
    room.take(2);
    kept.push(plain(item, room, depth) ?? null);
  }
  if (kept.length < list.length) kept.push(`[${list.length - kept.length} more left out]`);
  return kept;
}

function plainObject(value: object, room: Room, depth: number): unknown {
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return plain(toJSON.call(value), room, depth);
  const keys = Object.keys(value);
  const kept: [string, unknown][] = [];
  let seen = 0;
  for (const key of keys) {
    if (room.isFull) break;
    seen += 1;
    room.take(key.length + 4);
    const field = (value as Record<string, unknown>)[key];
    const copy = isBytes(key, field, value) ? bytesMark(field) : plain(field, room, depth);
    if (copy !== undefined) kept.push([key, copy]);
  }
  if (seen < keys.length) kept.push(['omitted', `[${keys.length - seen} more left out]`]);
  return Object.fromEntries(kept);
}

function isBytes(key: string, field: unknown, owner: Loose<Fields>): field is string {
  if (typeof field !== 'string' || field === '') return false;
  if (key === 'data') return owner.type === 'base64' || hasMediaType(owner);
  return BYTES.has(key) || (key === 'result' && owner.type === 'image_generation_call');
}

function hasMediaType({ media_type: media, mime_type: mime, mimeType }: Loose<Fields>): boolean {
  return [media, mime, mimeType].some((type) => typeof type === 'string' && !type.startsWith('text/'));
}

function bytesMark(text: string): string {
  return `[${text.length} characters left out]`;
}
