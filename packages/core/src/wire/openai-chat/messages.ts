import { fitList, fitMessages, fitParts } from '../content/fit.ts';
import { blob, mediaAt, storedFile } from '../content/media.ts';
import type { Message, Part, RequestContent } from '../content/message.ts';
import { functionTool, otherPart, textPart, textParts, toolCall, toolResponse, wordOf } from '../content/parts.ts';
import type { Room } from '../content/room.ts';
import { asList, asObject, asText, type Loose } from '../loose.ts';

type Body = 'messages' | 'tools' | 'functions';
type Fields =
  | 'role'
  | 'name'
  | 'content'
  | 'tool_call_id'
  | 'tool_calls'
  | 'function_call'
  | 'refusal'
  | 'reasoning_content'
  | 'reasoning'
  | 'audio';
type PartFields = 'type' | 'text' | 'refusal' | 'thinking' | 'image_url' | 'input_audio' | 'file';

/** Roles that the conventions have other names for. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['developer', 'system'],
  ['function', 'tool'],
]);

/** What a chat completions request says. Its instructions are messages, so they stay among the messages. */
export function readContent(value: unknown): RequestContent {
  const body = asObject<Body>(value);
  return {
    systemInstructions: undefined,
    inputMessages: fitMessages(asList(body?.messages), readMessage),
    toolDefinitions: fitList([...asList(body?.tools), ...asList(body?.functions)], readTool, 'tools'),
  };
}

function readMessage(value: unknown, room: Room): Message | undefined {
  const message = asObject<Fields>(value);
  if (message === undefined) return undefined;
  const said = wordOf(message.role, 'user');
  const role = ROLES.get(said) ?? said;
  const parts = role === 'tool' ? [responsePart(message, room)] : messageParts(message, room);
  const name = asText(message.name);
  return { role, parts, ...(name !== undefined && { name: room.text(name) }) };
}

function responsePart({ content, tool_call_id: id }: Loose<Fields>, room: Room): Part {
  const response = typeof content === 'string' ? content : fitParts(asList(content), room, readPart);
  return toolResponse(id, response, room);
}

function messageParts(message: Loose<Fields>, room: Room): Part[] {
  const { content, audio, function_call: call } = message;
  const parts = [
    ...textParts('reasoning', message.reasoning_content ?? message.reasoning, room),
    ...(Array.isArray(content) ? fitParts(content, room, readPart) : textParts('text', content, room)),
    ...textParts('text', message.refusal, room),
  ];
  if (audio != null) parts.push(storedFile('audio', asObject<'id'>(audio)?.id, room));
  if (call != null) parts.push(callPart({ function: call }, room));
  return [...parts, ...fitParts(asList(message.tool_calls), room, callPart)];
}

function readPart(value: unknown, room: Room): Part | undefined {
  if (typeof value === 'string') return textPart('text', value, room);
  const part = asObject<PartFields>(value);
  if (part === undefined) return undefined;
  const { text, refusal, thinking, image_url: image } = part;
  if (typeof text === 'string' || typeof refusal === 'string') return textPart('text', text ?? refusal, room);
  if (thinking !== undefined) return textPart('reasoning', thoughtOf(thinking), room);
  if (image !== undefined) return mediaAt(asObject<'url'>(image)?.url ?? image, 'image', room);
  if (part.input_audio !== undefined) return audioPart(part.input_audio);
  return part.file === undefined ? otherPart(value, room) : filePart(part.file, room);
}

/** Thinking as a text, or as the list of texts that Mistral has. */
export function thoughtOf(thinking: unknown): string {
  if (typeof thinking === 'string') return thinking;
  return asList(thinking)
    .map((part) => asText(asObject<'text'>(part)?.text) ?? '')
    .join('');
}

function audioPart(value: unknown): Part {
  const { format, data } = asObject<'format' | 'data'>(value) ?? {};
  return blob('audio', `audio/${wordOf(format, 'unknown')}`, data);
}

function filePart(value: unknown, room: Room): Part {
  const { file_id: id, file_data: data } = asObject<'file_id' | 'file_data'>(value) ?? {};
  if (typeof id === 'string') return storedFile('document', id, room);
  return asText(data)?.startsWith('data:') ? mediaAt(data, 'document', room) : blob('document', undefined, data);
}

function callPart(value: unknown, room: Room): Part {
  const call = asObject<'id' | 'function' | 'custom'>(value);
  const inner = asObject<'name' | 'arguments' | 'input'>(call?.function ?? call?.custom);
  return toolCall({ id: call?.id, name: inner?.name, arguments: inner?.arguments ?? inner?.input }, room);
}

function readTool(value: unknown, room: Room): Part | undefined {
  const tool = asObject<'type' | 'function'>(value);
  if (tool === undefined) return undefined;
  const inner = asObject<'name' | 'description' | 'parameters'>(tool.type === undefined ? value : tool.function);
  if (inner === undefined) return otherPart(value, room);
  return functionTool({ name: inner.name, description: inner.description, parameters: inner.parameters }, room);
}
