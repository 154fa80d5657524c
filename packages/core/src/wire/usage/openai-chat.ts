import type { UsageReader } from '../wire.ts';
import { CountReader, type Fields, fieldsOf, inclusiveInput, type UsageReading } from './reading.ts';

/** Chat and text completions of OpenAI and of those who speak its protocol. Cached, written and audio input are inside the prompt, reasoning inside the completion. */
export const readOpenAiChatUsage: UsageReader = (raw) => readChat(fieldsOf(raw), new CountReader());

/** How a vendor's chat usage differs from OpenAI's. */
export interface ChatDialect {
  /** Tokens read from a cache, where they are not in `prompt_tokens_details.cached_tokens`. */
  cached?: ((usage: Fields) => unknown) | undefined;
  /** Reasoning comes on top of `completion_tokens`. */
  reasoningOutside?: boolean | undefined;
}

/** Reads a chat usage object in a vendor's dialect. */
export function readChat(usage: Fields, counts: CountReader, dialect: ChatDialect = {}): UsageReading {
  const prompt = fieldsOf(usage['prompt_tokens_details']);
  const completion = fieldsOf(usage['completion_tokens_details']);
  const total = counts.count(usage['prompt_tokens']);
  const cacheRead = counts.count(dialect.cached?.(usage) ?? prompt['cached_tokens'] ?? usage['cached_tokens']);
  const cacheWrite5m = counts.count(prompt['cache_write_tokens'] ?? prompt['cache_creation_input_tokens']);
  const audioIn = counts.count(prompt['audio_tokens']);
  const output = counts.count(usage['completion_tokens']);
  const reasoning = counts.count(completion['reasoning_tokens'] ?? usage['reasoning_tokens']);
  const audioOut = counts.count(completion['audio_tokens']);
  return counts.reading({
    input: inclusiveInput(counts, total, cacheRead + cacheWrite5m + audioIn),
    cacheRead,
    cacheWrite5m,
    audioIn,
    output: counts.rest(output, dialect.reasoningOutside === true ? audioOut : reasoning + audioOut),
    reasoning,
    audioOut,
  });
}
