import type { UsageReader } from '../wire.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** Ollama: a prompt that is wholly cached may have no count. */
export const readOllamaUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  return counts.reading({
    input: counts.count(usage['prompt_eval_count']),
    output: counts.count(usage['eval_count']),
  });
};
