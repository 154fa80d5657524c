import type Anthropic from '@anthropic-ai/sdk';
import type { Scenario } from '../../scenario.ts';

/** The exports of the Anthropic SDK. */
export type AnthropicSdk = typeof import('@anthropic-ai/sdk');
export type AnthropicScenario = Scenario<AnthropicSdk, Anthropic>;

/** A small message. */
export const hello = {
  model: 'claude-opus-4-8',
  max_tokens: 500,
  messages: [{ role: 'user' as const, content: 'Say hello to the world' }],
};

/** An answer that takes a third of a second, so that one can leave amid it. */
export const slowly = { text: 'word '.repeat(300).trim(), paceMs: 1 };

/** A usage with every class that a message can have. */
export const everyClass = {
  input: 50,
  cacheRead: 3000,
  cacheWrite5m: 200,
  cacheWrite1h: 1000,
  reasoning: 30,
  output: 60,
  webSearches: 2,
};
