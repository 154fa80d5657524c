import { type Answer, answerJson } from '../content/answer.ts';
import { GrowingMessage } from '../content/growing-message.ts';
import { Room } from '../content/room.ts';
import { asList, asObject, asText, type Loose } from '../loose.ts';
import { thoughtOf } from './messages.ts';

type Choice = 'index' | 'delta' | 'message' | 'text' | 'finish_reason';
type Said = 'content' | 'reasoning_content' | 'reasoning' | 'refusal' | 'audio' | 'tool_calls' | 'function_call';
type Called = 'name' | 'arguments' | 'input';

/** Nobody asks for more answers at once. */
const MOST_CHOICES = 128;

/** Reads the answer of chat completions, or of legacy completions: of several choices as many as there is room for. */
export function createAnswer(): Answer {
  const room = new Room();
  const choices = new Map<number, GrowingMessage>();
  const messageAt = (index: unknown, position: number): GrowingMessage | undefined => {
    const at = typeof index === 'number' ? index : position;
    const known = choices.get(at);
    if (known !== undefined || choices.size === MOST_CHOICES) return known;
    const message = new GrowingMessage(room);
    choices.set(at, message);
    return message;
  };
  return {
    push(value) {
      for (const [position, item] of asList(asObject<'choices'>(value)?.choices).entries()) {
        const choice = asObject<Choice>(item);
        const message = choice && messageAt(choice.index, position);
        if (choice !== undefined && message !== undefined) readChoice(choice, message);
      }
    },
    json: () => answerJson(new Map([...choices].toSorted(([a], [b]) => a - b)).values()),
  };
}

function readChoice(choice: Loose<Choice>, message: GrowingMessage): void {
  message.say('text', 'text', choice.text);
  const said = asObject<Said>(choice.delta ?? choice.message);
  if (said !== undefined) readSaid(said, message);
  message.end(choice.finish_reason);
}

function readSaid(said: Loose<Said>, message: GrowingMessage): void {
  message.say('reasoning', 'reasoning', said.reasoning_content ?? said.reasoning);
  message.say('text', 'text', said.content);
  for (const value of Array.isArray(said.content) ? said.content : []) {
    const part = asObject<'text' | 'thinking'>(value);
    message.say('reasoning', 'reasoning', part?.thinking === undefined ? undefined : thoughtOf(part.thinking));
    message.say('text', 'text', part?.text);
  }
  message.say('refusal', 'text', said.refusal);
  message.say('audio', 'text', asObject<'transcript'>(said.audio)?.transcript);
  const legacy = asObject<Called>(said.function_call);
  if (legacy !== undefined) message.call('call', { name: legacy.name }, legacy.arguments);
  for (const [position, value] of asList(said.tool_calls).entries()) readCall(value, position, message);
}

function readCall(value: unknown, position: number, message: GrowingMessage): void {
  const call = asObject<'index' | 'id' | 'function' | 'custom'>(value);
  if (call === undefined) return;
  const { name, arguments: given, input } = asObject<Called>(call.function ?? call.custom) ?? {};
  // Some servers send whole calls one by one and count none of them.
  const key = typeof call.index === 'number' ? call.index : (asText(call.id) ?? position);
  message.call(`call ${key}`, { id: call.id, name }, given ?? input);
}
