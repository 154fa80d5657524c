import { asText } from '../loose.ts';
import { finishReason } from './finish-reason.ts';
import { omitted, type OutputMessage, type Part } from './message.ts';
import { parsed } from './plain.ts';
import { cutMark, PART_SIZE, Room } from './room.ts';

/** Pieces that are kept before they are made one text: each costs several times its length. */
const MOST_PIECES = 256;

/** What is known of a tool call beside its arguments. */
export interface CallHead {
  type?: 'tool_call' | 'server_tool_call' | undefined;
  id?: unknown;
  name?: unknown;
}

interface Growing {
  type: 'text' | 'reasoning' | 'compaction' | 'tool_call' | 'server_tool_call';
  id: string | undefined;
  name: string | undefined;
  pieces: string[];
  leftOut: number;
}

/** One message of an answer, put together from the events of a stream as far as there is room. Keys tell its parts apart. */
export class GrowingMessage {
  readonly #room: Room;
  readonly #parts = new Map<string, Growing | { whole: Part[] }>();
  #finish: string | undefined;
  #charactersLeftOut = 0;
  #partsLeftOut = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Adds to a part of text; anything but a string adds nothing. */
  say(key: string, type: 'text' | 'reasoning' | 'compaction', piece: unknown): void {
    if (typeof piece === 'string' && piece !== '') this.#add(key, type, piece);
  }

  /** Begins a tool call, or adds to its arguments. */
  call(key: string, { type = 'tool_call', id, name }: CallHead, piece: unknown): void {
    const call = this.#add(key, type, asText(piece) ?? '');
    if (call === undefined) return;
    if (typeof id === 'string') call.id ??= this.#room.keep(id);
    if (typeof name === 'string') call.name ??= this.#room.keep(name);
  }

  /** Puts in parts that came whole; `read` reads them as far as there is room. */
  whole(key: string, read: (room: Room) => Part[]): void {
    if (this.#parts.has(key)) return;
    if (this.#room.isFull) {
      this.#partsLeftOut += 1;
      return;
    }
    this.#room.take(PART_SIZE);
    this.#parts.set(key, { whole: read(this.#room) });
  }

  /** Notes why it ended; anything but a string notes nothing. */
  end(reason: unknown): void {
    if (typeof reason === 'string') this.#finish = finishReason(reason);
  }

  /** The message so far; undefined where nothing came. Without a reason why it ended it has broken off: `error`. */
  message(): OutputMessage | undefined {
    const parts = [...this.#parts.values()].flatMap((part) => ('whole' in part ? part.whole : partOf(part)));
    if (this.#charactersLeftOut > 0) parts.push(omitted(this.#charactersLeftOut, 'characters'));
    if (this.#partsLeftOut > 0) parts.push(omitted(this.#partsLeftOut, 'parts'));
    if (parts.length === 0 && this.#finish === undefined) return undefined;
    return { role: 'assistant', parts, finish_reason: this.#finish ?? 'error' };
  }

  #add(key: string, type: Growing['type'], piece: string): Growing | undefined {
    const part = this.#partAt(key, type);
    if (part === undefined) {
      this.#charactersLeftOut += piece.length;
      return undefined;
    }
    const kept = this.#room.keep(piece);
    part.leftOut += piece.length - kept.length;
    if (kept !== '') part.pieces.push(kept);
    if (part.pieces.length === MOST_PIECES) part.pieces = [part.pieces.join('')];
    return part;
  }

  #partAt(key: string, type: Growing['type']): Growing | undefined {
    const known = this.#parts.get(key);
    if (known !== undefined) return 'whole' in known ? undefined : known;
    if (this.#room.isFull) return undefined;
    this.#room.take(PART_SIZE);
    const part: Growing = { type, id: undefined, name: undefined, pieces: [], leftOut: 0 };
    this.#parts.set(key, part);
    return part;
  }
}

function partOf({ type, id, name, pieces, leftOut }: Growing): Part {
  const said = pieces.join('');
  const text = leftOut === 0 ? said : said + cutMark(leftOut);
  switch (type) {
    case 'tool_call':
      return { type, ...(id !== undefined && { id }), name: name ?? '', arguments: argumentsOf(text) };
    case 'server_tool_call':
      return {
        type,
        ...(id !== undefined && { id }),
        name: name ?? '',
        server_tool_call: { type: name ?? '', arguments: argumentsOf(text) },
      };
    default:
      return { type, content: text };
  }
}

/** There is room: the text has been counted already. */
function argumentsOf(text: string): unknown {
  return text === '' ? {} : parsed(text, new Room());
}
