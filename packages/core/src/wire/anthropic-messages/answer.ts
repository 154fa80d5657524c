import { type Answer, answerJson } from '../content/answer.ts';
import { GrowingMessage } from '../content/growing-message.ts';
import { wordOf } from '../content/parts.ts';
import { Room } from '../content/room.ts';
import { asList, asObject, type Loose } from '../loose.ts';
import { contentParts } from './blocks.ts';

type Event = 'type' | 'index' | 'content_block' | 'delta' | 'content' | 'stop_reason';
type Delta = 'text' | 'thinking' | 'partial_json' | 'content' | 'stop_reason';
type Block = 'type' | 'text' | 'thinking' | 'id' | 'name' | 'content' | 'input';

/** Reads a message, whole or as the events of a stream. */
export function createAnswer(): Answer {
  const message = new GrowingMessage(new Room());
  return {
    push(value) {
      const event = asObject<Event>(value);
      if (event !== undefined) readEvent(event, message);
    },
    json: () => answerJson([message]),
  };
}

function readEvent(event: Loose<Event>, message: GrowingMessage): void {
  const key = wordOf(String(event.index), '');
  switch (event.type) {
    case 'content_block_start':
      return begin(key, event.content_block, message);
    case 'content_block_delta':
      return goOn(key, asObject<Delta>(event.delta) ?? {}, message);
    case 'message_delta':
      return message.end(asObject<Delta>(event.delta)?.stop_reason);
    default:
      for (const [index, block] of asList(event.content).entries()) putWhole(String(index), block, message);
      return message.end(event.stop_reason);
  }
}

/** What begins here grows with the deltas that follow; other blocks are whole. */
function begin(key: string, value: unknown, message: GrowingMessage): void {
  const { type, text, thinking, id, name, content, input } = asObject<Block>(value) ?? {};
  if (Object.keys(asObject(input) ?? {}).length > 0) return putWhole(key, value, message);
  switch (type) {
    case 'text':
      return message.say(key, 'text', text);
    case 'thinking':
      return message.say(key, 'reasoning', thinking);
    case 'compaction':
      return message.say(key, 'compaction', content);
    case 'tool_use':
      return message.call(key, { id, name }, undefined);
    case 'server_tool_use':
    case 'mcp_tool_use':
      return message.call(key, { type: 'server_tool_call', id, name }, undefined);
    default:
      return putWhole(key, value, message);
  }
}

function goOn(
  key: string,
  { text, thinking, content, partial_json: json }: Loose<Delta>,
  message: GrowingMessage,
): void {
  message.say(key, 'text', text);
  message.say(key, 'reasoning', thinking);
  message.say(key, 'compaction', content);
  if (typeof json === 'string') message.call(key, {}, json);
}

function putWhole(key: string, block: unknown, message: GrowingMessage): void {
  message.whole(key, (room) => contentParts([block], room));
}
