import type { UsageReader } from '../wire.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** Cohere bills `billed_units`, never `tokens`, which is all that was processed. Embeddings and reranks have it under `meta`. */
export const readCohereUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const billed = fieldsOf(usage['billed_units'] ?? fieldsOf(usage['meta'])['billed_units']);
  const searches = counts.count(billed['search_units']);
  return counts.reading({
    input: counts.count(billed['input_tokens']),
    cacheRead: counts.count(usage['cached_tokens']),
    output: counts.count(billed['output_tokens']),
    tools: searches > 0 ? { rerank: searches } : {},
  });
};
