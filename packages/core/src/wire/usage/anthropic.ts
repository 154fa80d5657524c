import type { Usage } from '../../usage.ts';
import type { UsageReader } from '../wire.ts';
import { CountReader, type Fields, fieldsOf } from './reading.ts';

/** More hops than any answer has: a longer list is not read to its end. */
const MAX_ITERATIONS = 1000;

/** Anthropic's Messages API, also on Bedrock and Vertex. The three input classes are disjoint; thinking is inside the output. */
export const readAnthropicUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const classes = readClasses(usage, counts);
  const subCalls = readSubCalls(usage, counts);
  const searches = counts.count(fieldsOf(usage['server_tool_use'])['web_search_requests']);
  if (searches > 0) classes.tools = { web_search: searches };
  return counts.reading({ ...classes, subCalls });
};

function readClasses(usage: Fields, counts: CountReader): Partial<Usage> {
  const written = counts.count(usage['cache_creation_input_tokens']);
  const split = fieldsOf(usage['cache_creation']);
  const named5m = counts.count(split['ephemeral_5m_input_tokens']);
  const cacheWrite1h = counts.count(split['ephemeral_1h_input_tokens']);
  const output = counts.count(usage['output_tokens']);
  const reasoning = counts.count(fieldsOf(usage['output_tokens_details'])['thinking_tokens']);
  return {
    input: counts.count(usage['input_tokens']),
    cacheRead: counts.count(usage['cache_read_input_tokens']),
    cacheWrite5m: named5m + counts.unnamedWrites(written, named5m + cacheWrite1h),
    cacheWrite1h,
    output: counts.rest(output, reasoning),
    reasoning,
  };
}

/** Compaction and advisor work is not in the top-level figures; `message` entries are. `''` stands for the call's own model. */
function readSubCalls(usage: Fields, counts: CountReader): Usage['subCalls'] {
  const iterations = iterationsOf(usage);
  if (iterations.length === 0) return [];
  const served = anthropicServedModel(usage);
  // After a fallback the top level is the answer of the other model alone: what the declined one took comes on top.
  if (served !== undefined) counts.flag('fallback');
  const calls: Usage['subCalls'] = [];
  for (const iteration of iterations) {
    const model = typeof iteration['model'] === 'string' ? iteration['model'] : '';
    const isDeclined = served !== undefined && iteration['type'] === 'message' && model !== '' && model !== served;
    if (!isDeclined && iteration['type'] !== 'compaction' && iteration['type'] !== 'advisor_message') continue;
    calls.push({ model, usage: counts.reading(readClasses(iteration, counts)).usage });
  }
  return calls;
}

/** The model that answered in the end, where it is not the one that was asked: a fallback's name, else undefined. */
export function anthropicServedModel(raw: unknown): string | undefined {
  const last = iterationsOf(fieldsOf(raw)).findLast(({ type }) => type === 'fallback_message');
  return typeof last?.['model'] === 'string' ? last['model'] : undefined;
}

function iterationsOf(usage: Fields): Fields[] {
  const iterations = usage['iterations'];
  return Array.isArray(iterations) ? iterations.slice(0, MAX_ITERATIONS).map(fieldsOf) : [];
}
