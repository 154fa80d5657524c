import type { Input } from '../input.ts';
import { asList, asObject, lengthOf } from '../loose.ts';

type Message = 'role' | 'content' | 'name' | Turn;
type Turn = 'tool_calls' | 'function_call' | 'refusal' | 'reasoning_content' | 'reasoning' | 'audio';
type Part =
  | 'type'
  | 'text'
  | 'refusal'
  | 'thinking'
  | 'image_url'
  | 'input_audio'
  | 'file'
  | 'cache_control'
  | 'prompt_cache_breakpoint';

/** Tallies one message of a request. */
export function readMessage(value: unknown, input: Input): void {
  if (typeof value !== 'object' || value === null) return;
  const message = value as { readonly [name in Message]?: unknown };
  input.messages += 1;
  const { content } = message;
  if (typeof content === 'string') input.text(content);
  else if (Array.isArray(content)) readParts(content, input);
  if (message.role === 'assistant') readTurn(message, input);
}

function readParts(parts: readonly unknown[], input: Input): void {
  for (const value of parts) {
    const part = asObject<Part>(value);
    if (part === undefined) {
      input.text(value);
      continue;
    }
    input.messages += 1;
    input.text(part.text);
    input.text(part.refusal);
    input.cache(part.cache_control ?? part.prompt_cache_breakpoint);
    if (part.image_url !== undefined) input.images += 1;
    else if (part.input_audio !== undefined) input.audio += 1;
    else if (part.file !== undefined) input.files += 1;
  }
}

function readTurn(message: { readonly [name in Turn]?: unknown }, input: Input): void {
  input.text(message.refusal);
  input.text(message.reasoning_content ?? message.reasoning);
  if (message.audio != null) input.audio += 1;
  if (message.function_call != null) input.json(message.function_call);
  if (message.tool_calls == null) return;
  for (const call of asList(message.tool_calls)) input.json(asObject<'function'>(call)?.function ?? call);
}

/** Characters that one choice of a reply, or one delta of a stream, has as text, reasoning, refusal and tool arguments. */
export function outputLength(value: unknown): number {
  const message = asObject<Message>(value);
  if (message === undefined) return 0;
  let length = lengthOf(message.content) + lengthOf(message.refusal);
  length += lengthOf(message.reasoning_content ?? message.reasoning);
  for (const part of asList(message.content)) length += partLength(part);
  length += lengthOf(asObject<'transcript'>(message.audio)?.transcript);
  length += callLength(message.function_call);
  for (const item of asList(message.tool_calls)) {
    const call = asObject<'function' | 'custom'>(item);
    length += callLength(call?.function) + callLength(call?.custom);
  }
  return length;
}

function callLength(value: unknown): number {
  const call = asObject<'name' | 'arguments' | 'input'>(value);
  return lengthOf(call?.name) + lengthOf(call?.arguments) + lengthOf(call?.input);
}

function partLength(value: unknown): number {
  const part = asObject<Part>(value);
  if (part === undefined) return 0;
  let length = lengthOf(part.text) + lengthOf(part.thinking);
  for (const inner of asList(part.thinking)) length += lengthOf(asObject<'text'>(inner)?.text);
  return length;
}
