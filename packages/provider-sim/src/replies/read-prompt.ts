import { asObject, asText } from '../sim-request.ts';
import { countTokens } from './split-tokens.ts';

const IMAGE_TYPES = new Set(['image', 'image_url', 'input_image']);
const TEXT_FIELDS = ['text', 'content', 'output', 'name', 'arguments', 'thinking', 'input', 'function', 'tool_calls'];
const TOKENS_PER_IMAGE = 85;
const TOKENS_PER_MESSAGE = 3;
const TOKENS_OF_REPLY_PRIMER = 3;

/** All text in a message, a list of messages, or a part of one. */
export function textsIn(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (Array.isArray(node)) return node.flatMap(textsIn);
  const object = asObject(node);
  if (IMAGE_TYPES.has(asText(object['type']) ?? '')) return [];
  if (object['type'] === 'tool_use') return [asText(object['name']) ?? '', JSON.stringify(object['input'])];
  return TEXT_FIELDS.flatMap((field) => (field in object ? textsIn(object[field]) : []));
}

/** The prompt in tokens: the text, a few for each message, the tools as they are written down, and a flat figure per image. */
export function promptTokensIn(messages: unknown[], tools: unknown[]): number {
  let tokens = TOKENS_OF_REPLY_PRIMER;
  for (const message of messages) {
    tokens += TOKENS_PER_MESSAGE + TOKENS_PER_IMAGE * imagesIn(message);
    for (const text of textsIn(message)) tokens += countTokens(text);
  }
  return tools.length === 0 ? tokens : tokens + countTokens(JSON.stringify(tools));
}

function imagesIn(message: unknown): number {
  const content = asObject(message)['content'];
  if (!Array.isArray(content)) return 0;
  return content.filter((part) => IMAGE_TYPES.has(asText(asObject(part)['type']) ?? '')).length;
}
