import { fitList, fitMessages } from '../content/fit.ts';
import type { Message, Part, RequestContent } from '../content/message.ts';
import { functionTool, otherPart, textPart, wordOf } from '../content/parts.ts';
import type { Room } from '../content/room.ts';
import { asList, asObject, asText } from '../loose.ts';
import { type Item, itemParts } from './item-parts.ts';

/** What a responses request says. Each item of its input is a message of its own. */
export function readContent(value: unknown): RequestContent {
  const body = asObject<'instructions' | 'input' | 'tools'>(value);
  const input = typeof body?.input === 'string' ? [{ role: 'user', content: body.input }] : asList(body?.input);
  const instructions = asText(body?.instructions);
  return {
    systemInstructions: fitList(instructions === undefined ? [] : [instructions], (text, room) =>
      textPart('text', text, room),
    ),
    inputMessages: fitMessages(input, readItem),
    toolDefinitions: fitList(asList(body?.tools), readTool, 'tools'),
  };
}

function readItem(value: unknown, room: Room): Message | undefined {
  const item = asObject<Item>(value);
  return item && { role: roleOf(item.role, item.type), parts: itemParts(item, room) };
}

/** Items other than messages have no role: what a tool has answered is the tool's, the rest is the model's. */
function roleOf(role: unknown, type: unknown): string {
  if (role === 'developer') return 'system';
  const isOutput = typeof type === 'string' && type.endsWith('_call_output');
  return wordOf(role, isOutput ? 'tool' : type === undefined || type === 'message' ? 'user' : 'assistant');
}

function readTool(value: unknown, room: Room): Part | undefined {
  const tool = asObject<'type' | 'name' | 'description' | 'parameters'>(value);
  if (tool?.type !== 'function') return tool && otherPart(value, room);
  return functionTool({ name: tool.name, description: tool.description, parameters: tool.parameters }, room);
}
