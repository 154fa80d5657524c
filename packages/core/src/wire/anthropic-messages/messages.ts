import { fitList, fitMessages } from '../content/fit.ts';
import type { Message, Part, RequestContent } from '../content/message.ts';
import { functionTool, otherPart, wordOf } from '../content/parts.ts';
import type { Room } from '../content/room.ts';
import { asList, asObject } from '../loose.ts';
import { blockPart, contentParts } from './blocks.ts';

/** What a messages request says. */
export function readContent(value: unknown): RequestContent {
  const body = asObject<'system' | 'messages' | 'tools'>(value);
  const system = typeof body?.system === 'string' ? [{ type: 'text', text: body.system }] : asList(body?.system);
  return {
    systemInstructions: fitList(system, blockPart),
    inputMessages: fitMessages(asList(body?.messages), readMessage),
    toolDefinitions: fitList(asList(body?.tools), readTool, 'tools'),
  };
}

function readMessage(value: unknown, room: Room): Message | undefined {
  const message = asObject<'role' | 'content'>(value);
  return message && { role: wordOf(message.role, 'user'), parts: contentParts(message.content, room) };
}

/** Tools of the app have no type, or are `custom`; those of the provider are told as they are. */
function readTool(value: unknown, room: Room): Part | undefined {
  const tool = asObject<'type' | 'name' | 'description' | 'input_schema'>(value);
  if (tool === undefined) return undefined;
  const { type = 'custom', name, description, input_schema: parameters } = tool;
  return type === 'custom' ? functionTool({ name, description, parameters }, room) : otherPart(value, room);
}
