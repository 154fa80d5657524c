import type { UsageReader } from '../wire.ts';
import { CountReader, fieldsOf, inclusiveInput } from './reading.ts';

/**
 * The AI SDK's usage of one step. Its input total contains the cached tokens, and knows neither lifetimes nor modalities:
 * the provider's own object in `raw` is read instead where it is there.
 */
export function aiSdkUsageReader(readRaw: UsageReader): UsageReader {
  return (value, context) => {
    const usage = fieldsOf(value);
    const raw = usage['raw'];
    if (typeof raw === 'object' && raw !== null) {
      const reading = readRaw(raw, context);
      if (reading.present) return reading;
    }
    return readAiSdkUsage(value, context);
  };
}

const readAiSdkUsage: UsageReader = (value) => {
  const usage = fieldsOf(value);
  const counts = new CountReader();
  const input = fieldsOf(usage['inputTokenDetails']);
  const output = fieldsOf(usage['outputTokenDetails']);
  const cacheRead = counts.count(input['cacheReadTokens'] ?? usage['cachedInputTokens']);
  const cacheWrite5m = counts.count(input['cacheWriteTokens']);
  if (cacheWrite5m > 0) counts.flag('no_cache_split');
  const total = counts.count(usage['inputTokens']);
  const reasoning = counts.count(output['reasoningTokens'] ?? usage['reasoningTokens']);
  const written = counts.count(usage['outputTokens']);
  const uncached = input['noCacheTokens'];
  const text = output['textTokens'];
  return counts.reading({
    input: uncached == null ? inclusiveInput(counts, total, cacheRead + cacheWrite5m) : counts.count(uncached),
    cacheRead,
    cacheWrite5m,
    output: text == null ? counts.rest(written, reasoning) : counts.count(text),
    reasoning,
  });
};
