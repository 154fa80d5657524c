import { fitParts } from '../content/fit.ts';
import { blob, mediaAt, type Modality, storedFile } from '../content/media.ts';
import type { Part } from '../content/message.ts';
import { otherPart, serverToolCall, serverToolResponse, textPart, toolCall, toolResponse } from '../content/parts.ts';
import type { Room } from '../content/room.ts';
import { asList, asObject, asText, type Loose } from '../loose.ts';

type Block =
  | 'type'
  | 'text'
  | 'thinking'
  | 'id'
  | 'name'
  | 'input'
  | 'tool_use_id'
  | 'content'
  | 'source'
  | 'title'
  | 'file_id';
type Source = 'type' | 'media_type' | 'data' | 'url' | 'file_id' | 'content';

/** Blocks nest: a tool result holds documents, which hold blocks. */
const DEEPEST = 8;

/** Content as parts: a text, or a list of blocks, of which there are as many as there is room for. */
export function contentParts(content: unknown, room: Room, depth: number = 0): Part[] {
  if (typeof content === 'string') return [textPart('text', content, room)];
  return depth === DEEPEST ? [] : fitParts(asList(content), room, (block, left) => blockPart(block, left, depth));
}

/** One block of a message as a part. */
export function blockPart(value: unknown, room: Room, depth: number = 0): Part | undefined {
  const block = asObject<Block>(value);
  if (block === undefined) return undefined;
  const { id, name, input } = block;
  switch (block.type) {
    case 'text':
      return textPart('text', block.text, room);
    case 'thinking':
      return textPart('reasoning', block.thinking, room);
    case 'redacted_thinking':
      return textPart('reasoning', '[redacted by the provider]', room);
    case 'compaction':
      return textPart('compaction', block.content, room);
    case 'tool_use':
      return toolCall({ id, name, arguments: input }, room);
    case 'server_tool_use':
    case 'mcp_tool_use':
      return serverToolCall({ id, name, details: { arguments: input ?? {} } }, room);
    case 'tool_result':
      return resultPart(block, room, depth);
    default:
      return mediaPart(block, room, depth);
  }
}

function resultPart({ tool_use_id: id, content }: Loose<Block>, room: Room, depth: number): Part {
  return toolResponse(id, asText(content) ?? contentParts(content, room, depth + 1), room);
}

function mediaPart(block: Loose<Block>, room: Room, depth: number): Part {
  switch (block.type) {
    case 'image':
      return sourcePart(block.source, 'image', room);
    case 'document':
      return documentPart(block, room, depth);
    case 'container_upload':
      return storedFile('document', block.file_id, room);
    default:
      return asText(block.type)?.endsWith('_tool_result') === true
        ? serverToolResponse(block.tool_use_id, block.type, block.content, room)
        : otherPart(block, room);
  }
}

function documentPart(block: Loose<Block>, room: Room, depth: number): Part {
  const source = asObject<Source>(block.source);
  if (source?.type === 'text') return textPart('text', source.data, room);
  if (source?.type !== 'content') return sourcePart(source, 'document', room);
  return { type: 'document', content: contentParts(source.content, room, depth + 1) };
}

function sourcePart(value: unknown, modality: Modality, room: Room): Part {
  const source = asObject<Source>(value);
  if (source?.type === 'url') return mediaAt(source.url, modality, room);
  if (source?.type === 'file') return storedFile(modality, source.file_id, room);
  return blob(modality, source?.media_type, source?.data);
}
