import type { Input } from './input.ts';
import { asList } from './loose.ts';

/** Tallies text, texts, tokens, or lists of tokens. Tokens count as one character each, which is the least that they are. */
export function readPrompt(prompt: unknown, input: Input): void {
  if (typeof prompt === 'string') {
    input.messages += 1;
    input.text(prompt);
    return;
  }
  const items = asList(prompt);
  if (typeof items[0] === 'number') {
    input.messages += 1;
    input.length += items.length;
    return;
  }
  for (const item of items) {
    input.messages += 1;
    if (Array.isArray(item)) input.length += item.length;
    else input.text(item);
  }
}
