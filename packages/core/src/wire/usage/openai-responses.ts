import { totalInput, totalOutput, type Usage } from '../../usage.ts';
import type { PriceContext, UsageReader } from '../wire.ts';
import { readOpenAiImagesUsage } from './openai-images.ts';
import { CountReader, type Fields, fieldsOf, inclusiveInput, type UsageReading } from './reading.ts';

/** OpenAI's Responses API. Cached and written input are inside the total, reasoning inside the output; tools stand beside the usage. */
export const readOpenAiResponsesUsage: UsageReader = (raw, context) => {
  return readResponses(fieldsOf(raw), context, new CountReader());
};

/** Reads a Responses usage object, and the tools that `context.tool_usage` and `context.tool_calls` count. */
export function readResponses(usage: Fields, context: PriceContext, counts: CountReader): UsageReading {
  const input = fieldsOf(usage['input_tokens_details']);
  const total = counts.count(usage['input_tokens']);
  const cacheRead = counts.count(input['cached_tokens']);
  const written = counts.count(input['cache_write_tokens']);
  const cacheWrite1h = counts.count(fieldsOf(input['cache_write_tokens_details'])['ttl_12h_tokens']);
  const output = counts.count(usage['output_tokens']);
  const reasoning = counts.count(fieldsOf(usage['output_tokens_details'])['reasoning_tokens']);
  const images = readImages(context, counts);
  const reading = counts.reading({
    input: inclusiveInput(counts, total, cacheRead + written),
    cacheRead,
    cacheWrite5m: counts.rest(written, cacheWrite1h),
    cacheWrite1h,
    output: counts.rest(output, reasoning),
    reasoning,
    tools: readTools(context, counts),
    subCalls: images,
  });
  // Images that are billed by their tokens are not billed by the piece.
  if (images.length > 0) delete reading.usage.tools['image_generation'];
  return reading;
}

/**
 * Requests to tools that stand beside the usage object: those that the provider bills (`{ web_search: { num_requests: 3 } }`),
 * and for tools that it does not speak of, those that the answer shows (`{ file_search: 2 }`).
 */
function readTools({ tool_usage, tool_calls }: PriceContext, counts: CountReader): Record<string, number> {
  const tools: Record<string, number> = {};
  if (tool_usage === undefined && tool_calls === undefined) return tools;
  const billed = fieldsOf(tool_usage);
  const shown = fieldsOf(tool_calls);
  for (const tool of ['web_search', 'file_search', 'x_search', 'code_interpreter', 'image_generation']) {
    const said = fieldsOf(billed[tool])['num_requests'];
    const requests = Math.max(counts.count(said), typeof said === 'number' ? 0 : counts.count(shown[tool]));
    if (requests > 0) tools[tool] = requests;
  }
  return tools;
}

/** What the image tool took: tokens of a model of its own, which the answer need not name. */
function readImages({ tool_usage, image_model }: PriceContext, counts: CountReader): Usage['subCalls'] {
  const raw = fieldsOf(tool_usage)['image_gen'];
  if (raw === undefined) return [];
  const { usage, flags } = readOpenAiImagesUsage(raw, {});
  for (const flag of flags) counts.flag(flag);
  if (totalInput(usage) + totalOutput(usage) === 0) return [];
  // No model has this name: a budget takes it for the dearest of its family.
  return [{ model: typeof image_model === 'string' ? image_model : 'gpt-image', usage }];
}
