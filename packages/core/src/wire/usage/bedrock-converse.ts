import type { UsageReader } from '../wire.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** Bedrock's Converse API: input is without the cached tokens; `cacheDetails` splits what was written by lifetime; reasoning is not reported. */
export const readBedrockConverseUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const written = counts.count(usage['cacheWriteInputTokens']);
  const details = usage['cacheDetails'];
  let named5m = 0;
  let cacheWrite1h = 0;
  for (const entry of Array.isArray(details) ? details.slice(0, 100) : []) {
    const { ttl, inputTokens } = fieldsOf(entry);
    if (ttl === '1h') cacheWrite1h += counts.count(inputTokens);
    else named5m += counts.count(inputTokens);
  }
  return counts.reading({
    input: counts.count(usage['inputTokens']),
    cacheRead: counts.count(usage['cacheReadInputTokens']),
    cacheWrite5m: named5m + counts.unnamedWrites(written, named5m + cacheWrite1h),
    cacheWrite1h,
    output: counts.count(usage['outputTokens']),
  });
};
