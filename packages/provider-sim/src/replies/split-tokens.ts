const PIECE = /\s?\p{L}{1,12}|\s?\p{N}{1,3}|\s?[^\s\p{L}\p{N}]{1,3}|\s+/gu;

/**
 * The tokenizer of these servers: a word with the space before it, up to three digits, up to three signs. Common English words are one
 * token here as they are in the real ones; joined, the tokens are the text again.
 */
export function splitTokens(text: string): string[] {
  return text.match(PIECE) ?? [];
}

/** How many tokens the text has. */
export function countTokens(text: string): number {
  return splitTokens(text).length;
}
