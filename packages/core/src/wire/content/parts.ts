import { asObject, asText } from '../loose.ts';
import type { Part } from './message.ts';
import { parsed, plain } from './plain.ts';
import type { Room } from './room.ts';

/** No role and no type is longer. */
const LONGEST_WORD = 64;

/** A role, a type or the like; `otherwise` where it is none. */
export function wordOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST_WORD) : otherwise;
}

/** A part of text, of reasoning or of a summary. */
export function textPart(type: 'text' | 'reasoning' | 'compaction', text: unknown, room: Room): Part {
  return { type, content: room.text(asText(text) ?? '') };
}

/** A part for what has something to say, and none for what is empty. */
export function textParts(type: 'text' | 'reasoning', text: unknown, room: Room): Part[] {
  return typeof text === 'string' && text !== '' ? [textPart(type, text, room)] : [];
}

/** A call of one of the app's tools. Arguments may be JSON as a text. */
export function toolCall(call: { id: unknown; name: unknown; arguments: unknown }, room: Room): Part {
  const head = { type: 'tool_call', ...idOf(call.id, room), name: room.text(asText(call.name) ?? '') };
  const given = call.arguments;
  return { ...head, arguments: typeof given === 'string' ? parsed(given, room) : plain(given ?? {}, room) };
}

/** What one of the app's tools has answered: a text, or parts. */
export function toolResponse(id: unknown, response: string | Part[], room: Room): Part {
  return {
    type: 'tool_call_response',
    ...idOf(id, room),
    response: typeof response === 'string' ? room.text(response) : response,
  };
}

/** A call of a tool that the provider runs. */
export function serverToolCall(call: { id: unknown; name: unknown; details: object }, room: Room): Part {
  const name = wordOf(call.name, 'unknown');
  const details = asObject(plain(call.details, room));
  return { type: 'server_tool_call', ...idOf(call.id, room), name, server_tool_call: { ...details, type: name } };
}

/** What a tool that the provider runs has answered. */
export function serverToolResponse(id: unknown, type: unknown, content: unknown, room: Room): Part {
  const answer = { type: wordOf(type, 'unknown'), content: plain(content, room) };
  return { type: 'server_tool_call_response', ...idOf(id, room), server_tool_call_response: answer };
}

/** What the conventions have no part for, as it is. */
export function otherPart(value: unknown, room: Room): Part {
  return { ...asObject(plain(value, room)), type: wordOf(asObject<'type'>(value)?.type, 'unknown') };
}

/** The definition of a tool that the app runs. */
export function functionTool(tool: { name: unknown; description: unknown; parameters: unknown }, room: Room): Part {
  return { type: 'function', ...asObject(plain(tool, room)) };
}

function idOf(id: unknown, room: Room): { id?: string } {
  return typeof id === 'string' ? { id: room.text(id) } : {};
}
