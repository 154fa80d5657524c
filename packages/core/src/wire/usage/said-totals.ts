import type { Operation } from '../wire.ts';
import { type Fields, fieldsOf } from './reading.ts';

/** The input of an answer as its provider has said it, caches aside where it leaves them out; undefined where that is no proper count. Sound may be counted by the second. */
export function saidInput(raw: unknown, operation: Operation): number | undefined {
  const usage = fieldsOf(raw);
  const seconds = operation === 'transcription' ? properCount(usage['seconds']) : undefined;
  if (operation === 'embeddings') return properCount(usage['prompt_tokens'] ?? usage['total_tokens']);
  return seconds ?? properCount(usage[isChat(usage) ? 'prompt_tokens' : 'input_tokens']);
}

/** The output likewise. Embeddings, and sound that is counted by the second, have none. */
export function saidOutput(raw: unknown, operation: Operation): number | undefined {
  const usage = fieldsOf(raw);
  if (operation === 'embeddings') return 0;
  if (operation === 'transcription' && properCount(usage['seconds']) !== undefined) return 0;
  return properCount(usage[isChat(usage) ? 'completion_tokens' : 'output_tokens']);
}

const TOTALS = ['prompt_tokens', 'completion_tokens', 'input_tokens', 'output_tokens'];

/** Whether all totals that a provider names, in whichever shape, are 0: with one that is not, a zero is not believed. */
export function saysZero(raw: unknown): boolean {
  const usage = fieldsOf(raw);
  return TOTALS.every((name) => usage[name] === undefined || usage[name] === 0);
}

function isChat(usage: Fields): boolean {
  return usage['input_tokens'] === undefined && usage['output_tokens'] === undefined;
}

function properCount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
