import { type Answer, answerJson } from '../content/answer.ts';
import { GrowingMessage } from '../content/growing-message.ts';
import { wordOf } from '../content/parts.ts';
import { Room } from '../content/room.ts';
import { asList, asObject, asText, type Loose } from '../loose.ts';
import { callsTools } from './item.ts';
import { type Item, itemParts } from './item-parts.ts';

type Event =
  | 'type'
  | 'response'
  | 'item'
  | 'output_index'
  | 'content_index'
  | 'summary_index'
  | 'delta'
  | 'status'
  | 'output';
type Response = 'status' | 'output' | 'incomplete_details';

const DELTAS: ReadonlyMap<string, 'text' | 'reasoning' | 'call'> = new Map([
  ['response.output_text.delta', 'text'],
  ['response.refusal.delta', 'text'],
  ['response.audio.transcript.delta', 'text'],
  ['response.reasoning_summary_text.delta', 'reasoning'],
  ['response.reasoning_text.delta', 'reasoning'],
  ['response.function_call_arguments.delta', 'call'],
  ['response.custom_tool_call_input.delta', 'call'],
]);

/** Reads a response, whole or as the events of a stream, whose last event repeats the whole. All its items are one message. */
export function createAnswer(): Answer {
  let message = new GrowingMessage(new Room());
  return {
    push(value) {
      const event = asObject<Event>(value);
      const response = asObject<Response>(event?.response ?? event);
      if (Array.isArray(response?.output) && response.output.length > 0) message = wholeMessage(response.output);
      if (response !== undefined) message.end(reasonOf(response));
      if (event !== undefined) readEvent(event, message);
    },
    json: () => answerJson([message]),
  };
}

function wholeMessage(output: readonly unknown[]): GrowingMessage {
  const message = new GrowingMessage(new Room());
  for (const [index, item] of output.entries()) putWhole(String(index), item, message);
  return message;
}

function putWhole(key: string, value: unknown, message: GrowingMessage): void {
  const item = asObject<Item>(value);
  if (item !== undefined) message.whole(key, (room) => itemParts(item, room));
}

function readEvent(event: Loose<Event>, message: GrowingMessage): void {
  const key = wordOf(String(event.output_index), '');
  const type = asText(event.type) ?? '';
  const kind = DELTAS.get(type);
  const item = asObject<Item>(event.item);
  if (kind === 'call') return message.call(key, {}, event.delta);
  if (kind !== undefined) return message.say(`${key} ${type} ${pieceOf(event)}`, kind, event.delta);
  if (item === undefined) return undefined;
  const isCall = item.type === 'function_call' || item.type === 'custom_tool_call';
  if (isCall) return message.call(key, { id: item.call_id, name: item.name }, undefined);
  const isSpoken = item.type === 'message' || item.type === 'reasoning';
  if (type === 'response.output_item.done' && !isSpoken) putWhole(key, item, message);
}

function pieceOf(event: Loose<Event>): string {
  return wordOf(String(event.content_index ?? event.summary_index), '');
}

function reasonOf({ status, output, incomplete_details: details }: Loose<Response>): string | undefined {
  switch (status) {
    case 'completed':
      return callsTools(asList(output)) ? 'tool_calls' : 'stop';
    case 'incomplete':
      return asText(asObject<'reason'>(details)?.reason) ?? 'incomplete';
    case 'failed':
      return 'error';
    case 'cancelled':
      return 'cancelled';
    default:
      return undefined;
  }
}
