import type { UsageReader } from '../wire.ts';
import { readChat } from './openai-chat.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** DeepSeek: like OpenAI's chat, with cache hits and misses that add up to the prompt. */
export const readDeepSeekUsage: UsageReader = (raw) => {
  return readChat(fieldsOf(raw), new CountReader(), { cached: (usage) => usage['prompt_cache_hit_tokens'] });
};
