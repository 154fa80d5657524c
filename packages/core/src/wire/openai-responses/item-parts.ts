import { fitParts } from '../content/fit.ts';
import { blob, mediaAt, storedFile } from '../content/media.ts';
import type { Part } from '../content/message.ts';
import { otherPart, serverToolCall, textPart, toolCall, toolResponse } from '../content/parts.ts';
import type { Room } from '../content/room.ts';
import { asList, asObject, asText, type Loose } from '../loose.ts';

/** What is looked at of an item. */
export type Item =
  | 'type'
  | 'role'
  | 'content'
  | 'summary'
  | 'id'
  | 'call_id'
  | 'name'
  | 'arguments'
  | 'input'
  | 'output'
  | 'result'
  | 'output_format';
type PartFields = 'type' | 'text' | 'refusal' | 'image_url' | 'file_url' | 'file_id' | 'file_data' | 'input_audio';

/** The parts of an item: of a message, of reasoning, of a call, or of what a call has answered. */
export function itemParts(item: Loose<Item>, room: Room): Part[] {
  const { type, content, id, call_id: callId = id, name } = item;
  switch (type) {
    case undefined:
    case 'message':
      return contentParts(content, room);
    case 'reasoning':
      return [...reasoningParts(item.summary, room), ...reasoningParts(content, room)];
    case 'function_call':
      return [toolCall({ id: callId, name, arguments: item.arguments }, room)];
    case 'custom_tool_call':
      return [toolCall({ id: callId, name, arguments: item.input }, room)];
    case 'image_generation_call':
      return [blob('image', `image/${asText(item.output_format)?.slice(0, 16) ?? 'png'}`, item.result)];
    default:
      return [isResponse(type) ? responsePart(item, room) : serverPart(item, room)];
  }
}

function isResponse(type: unknown): boolean {
  return asText(type)?.endsWith('_call_output') === true;
}

function responsePart({ call_id: id, output }: Loose<Item>, room: Room): Part {
  const response = asText(output) ?? fitParts(Array.isArray(output) ? output : [output], room, readPart);
  return toolResponse(id, response, room);
}

/** `web_search_call` and the like: a tool that the provider runs; anything else as it is. */
function serverPart(item: Loose<Item>, room: Room): Part {
  const tool = /^(.*)_call$/.exec(asText(item.type) ?? '')?.[1];
  return tool === undefined ? otherPart(item, room) : serverToolCall({ id: item.id, name: tool, details: item }, room);
}

function contentParts(content: unknown, room: Room): Part[] {
  return typeof content === 'string' ? [textPart('text', content, room)] : fitParts(asList(content), room, readPart);
}

function reasoningParts(texts: unknown, room: Room): Part[] {
  return fitParts(asList(texts), room, (value, left) => textPart('reasoning', asObject<'text'>(value)?.text, left));
}

function readPart(value: unknown, room: Room): Part | undefined {
  const part = asObject<PartFields>(value);
  if (part === undefined) return undefined;
  const { text, refusal } = part;
  if (typeof text === 'string' || typeof refusal === 'string') return textPart('text', text ?? refusal, room);
  return mediaPart(part, room) ?? otherPart(value, room);
}

function mediaPart(part: Loose<PartFields>, room: Room): Part | undefined {
  const { type, image_url: image, file_url: url = image, file_id: id, file_data: data, input_audio: audio } = part;
  const modality = /image|screenshot/.test(asText(type) ?? '') ? 'image' : 'document';
  if (url != null) return mediaAt(url, modality, room);
  if (typeof id === 'string') return storedFile(modality, id, room);
  if (audio !== undefined) return blob('audio', undefined, asObject<'data'>(audio)?.data);
  if (typeof data !== 'string') return undefined;
  return data.startsWith('data:') ? mediaAt(data, modality, room) : blob(modality, undefined, data);
}
