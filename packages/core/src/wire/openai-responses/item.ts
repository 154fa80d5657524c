import type { Input } from '../input.ts';
import { asList, asObject, lengthOf, type Loose } from '../loose.ts';

type Item = 'type' | 'content' | 'summary' | 'name' | 'arguments' | 'input' | 'output' | 'code' | 'encrypted_content';
type Part = 'type' | 'text' | 'refusal' | 'prompt_cache_breakpoint';

/** Tallies the input of a request: text, or a list of messages, calls and their outputs. */
export function readItems(items: unknown, input: Input): void {
  if (typeof items === 'string') {
    input.messages += 1;
    input.text(items);
    return;
  }
  for (const value of asList(items)) {
    const item = asObject<Item>(value);
    if (item === undefined) continue;
    input.messages += 1;
    readItem(item, input);
  }
}

function readItem(item: Loose<Item>, input: Input): void {
  switch (item.type) {
    case undefined:
    case 'message':
      return readParts(item.content, input);
    case 'function_call':
    case 'custom_tool_call':
      input.text(item.name);
      input.json(item.arguments);
      return input.json(item.input);
    case 'function_call_output':
    case 'custom_tool_call_output':
      return readParts(item.output, input);
    case 'reasoning':
      readParts(item.summary, input);
      readParts(item.content, input);
      return input.text(item.encrypted_content);
    case 'image_generation_call':
    case 'computer_call_output':
      input.images += 1;
      return undefined;
    default:
      return input.json(item);
  }
}

function readParts(parts: unknown, input: Input): void {
  if (typeof parts === 'string') {
    input.text(parts);
    return;
  }
  for (const value of asList(parts)) {
    const part = asObject<Part>(value);
    if (part === undefined) continue;
    input.messages += 1;
    input.text(part.text);
    input.text(part.refusal);
    input.cache(part.prompt_cache_breakpoint);
    if (part.type === 'input_image') input.images += 1;
    else if (part.type === 'input_audio') input.audio += 1;
    else if (part.type === 'input_file') input.files += 1;
  }
}

/** Characters that the output items of a reply have as text, reasoning, refusals and arguments. */
export function outputLength(items: unknown): number {
  let length = 0;
  for (const value of asList(items)) {
    const item = asObject<Item>(value);
    if (item === undefined) continue;
    for (const part of [...asList(item.content), ...asList(item.summary)]) {
      const { text, refusal } = asObject<Part>(part) ?? {};
      length += lengthOf(text) + lengthOf(refusal);
    }
    length += lengthOf(item.name) + lengthOf(item.arguments) + lengthOf(item.input) + lengthOf(item.code);
  }
  return length;
}

/** Whether the output hands over to a tool of the app. */
export function callsTools(items: unknown): boolean {
  return asList(items).some((value) => {
    const type = asObject<Item>(value)?.type;
    return type === 'function_call' || type === 'custom_tool_call';
  });
}
