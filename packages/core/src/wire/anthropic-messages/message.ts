import type { Input } from '../input.ts';
import { jsonLength } from '../json-length.ts';
import { asList, asObject, lengthOf } from '../loose.ts';

type Block =
  | 'type'
  | 'text'
  | 'thinking'
  | 'data'
  | 'name'
  | 'input'
  | 'content'
  | 'source'
  | 'title'
  | 'context'
  | 'cache_control';

/** Blocks nest (a tool result holds search results, which hold text); deeper ones are no longer looked into. */
const deepest = 8;

/** Tallies one message of a request. */
export function readMessage(value: unknown, input: Input): void {
  const message = asObject<'content'>(value);
  if (message === undefined) return;
  input.messages += 1;
  readContent(message.content, input);
}

/** Tallies text, or a list of blocks: of a message, a system prompt, a tool result. */
export function readContent(content: unknown, input: Input, depth = 0): void {
  if (typeof content === 'string') {
    input.text(content);
    return;
  }
  if (depth === deepest) return;
  for (const value of asList(content)) {
    const block = asObject<Block>(value);
    if (block === undefined) continue;
    input.messages += 1;
    if (block.cache_control != null) input.cache(block.cache_control);
    readBlock(block, input, depth);
  }
}

function readBlock(block: { readonly [name in Block]?: unknown }, input: Input, depth: number): void {
  switch (block.type) {
    case 'text':
      return input.text(block.text);
    case 'image':
      input.images += 1;
      return undefined;
    case 'document':
      input.text(block.title);
      input.text(block.context);
      return readDocument(block.source, input, depth);
    case 'thinking':
      return input.text(block.thinking);
    case 'redacted_thinking':
      return input.text(block.data);
    case 'tool_result':
    case 'search_result':
      input.text(block.title);
      return readContent(block.content, input, depth + 1);
    default:
      input.text(block.name);
      input.json(block.input);
      return input.json(block.content);
  }
}

function readDocument(value: unknown, input: Input, depth: number): void {
  const source = asObject<'type' | 'data' | 'content'>(value);
  if (source?.type === 'text') input.text(source.data);
  else if (source?.type === 'content') readContent(source.content, input, depth + 1);
  else input.files += 1;
}

/** Characters that blocks of a reply have as text, thinking and tool input. */
export function outputLength(content: unknown): number {
  let length = 0;
  for (const value of asList(content)) {
    const block = asObject<Block>(value);
    if (block === undefined) continue;
    length += lengthOf(block.text) + lengthOf(block.thinking);
    if (block.input !== undefined) length += lengthOf(block.name) + jsonLength(block.input);
  }
  return length;
}
