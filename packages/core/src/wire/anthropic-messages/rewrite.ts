import { asCount, asObject } from '../loose.ts';

const smallestThinking = 1024;

/**
 * A copy with `max_tokens` lowered to `cap`. A thinking budget must stay below it and has a least size: it is halved into
 * the cap, or thinking is switched off where the cap leaves no room for it.
 */
export function withOutputCap(value: unknown, cap: number): unknown {
  const body = asObject<'max_tokens' | 'thinking'>(value);
  if (body === undefined) return value;
  const lowered = { ...body, max_tokens: Math.min(asCount(body.max_tokens) ?? cap, cap) };
  const budget = asCount(asObject<'budget_tokens'>(body.thinking)?.budget_tokens);
  if (budget === undefined || budget < lowered.max_tokens) return lowered;
  return { ...lowered, thinking: thinkingWithin(body.thinking, lowered.max_tokens) };
}

function thinkingWithin(thinking: unknown, cap: number): unknown {
  if (cap <= smallestThinking) return { type: 'disabled' };
  return { ...asObject(thinking), budget_tokens: Math.max(smallestThinking, Math.floor(cap / 2)) };
}
