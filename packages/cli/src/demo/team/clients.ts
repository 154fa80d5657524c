import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';

/** What the agents of the team work with. */
export interface Clients {
  openai: OpenAI;
  anthropic: Anthropic;
  /** Ends the loop that would never end, should no budget do it. */
  signal: AbortSignal;
}
