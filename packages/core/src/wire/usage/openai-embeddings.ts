import type { UsageReader } from '../wire.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** Embeddings of OpenAI and those who speak its protocol: input only. */
export const readOpenAiEmbeddingsUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  return counts.reading({ input: counts.count(usage['prompt_tokens'] ?? usage['total_tokens']) });
};
