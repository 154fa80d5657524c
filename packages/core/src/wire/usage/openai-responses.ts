import type { PriceContext, UsageReader } from '../wire.ts';
import { CountReader, type Fields, fieldsOf, inclusiveInput, type UsageReading } from './reading.ts';

/** OpenAI's Responses API. Cached and written input are inside the total, reasoning inside the output; tools stand beside the usage. */
export const readOpenAiResponsesUsage: UsageReader = (raw, context) => {
  return readResponses(fieldsOf(raw), context, new CountReader());
};

/** Reads a Responses usage object, and the tools that `context.tool_usage` counts. */
export function readResponses(usage: Fields, context: PriceContext, counts: CountReader): UsageReading {
  const input = fieldsOf(usage['input_tokens_details']);
  const total = counts.count(usage['input_tokens']);
  const cacheRead = counts.count(input['cached_tokens']);
  const written = counts.count(input['cache_write_tokens']);
  const cacheWrite1h = counts.count(fieldsOf(input['cache_write_tokens_details'])['ttl_12h_tokens']);
  const output = counts.count(usage['output_tokens']);
  const reasoning = counts.count(fieldsOf(usage['output_tokens_details'])['reasoning_tokens']);
  return counts.reading({
    input: inclusiveInput(counts, total, cacheRead + written),
    cacheRead,
    cacheWrite5m: counts.rest(written, cacheWrite1h),
    cacheWrite1h,
    output: counts.rest(output, reasoning),
    reasoning,
    tools: readToolUsage(context, counts),
  });
}

/** Requests to tools that stand beside the usage object: `{ web_search: { num_requests: 3 } }`. */
function readToolUsage(context: PriceContext, counts: CountReader): Record<string, number> {
  const tools: Record<string, number> = {};
  if (context.tool_usage === undefined) return tools;
  const used = fieldsOf(context.tool_usage);
  for (const tool of ['web_search', 'file_search', 'x_search']) {
    const requests = counts.count(fieldsOf(used[tool])['num_requests']);
    if (requests > 0) tools[tool] = requests;
  }
  return tools;
}
