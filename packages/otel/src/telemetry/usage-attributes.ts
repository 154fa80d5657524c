import type { Attributes } from '@opentelemetry/api';
import { totalInput, totalOutput, type Usage } from '@tollgate/core';
import { KEY } from '../conventions.ts';

/** Usage as the conventions count it: inclusive totals, and the parts of them that are not zero. */
export function usageAttributes(usage: Usage): Attributes {
  const attributes: Attributes = {
    [KEY.inputTokens]: totalInput(usage),
    [KEY.outputTokens]: totalOutput(usage),
  };
  const parts: [string, number][] = [
    [KEY.cacheReadTokens, usage.cacheRead + usage.audioCacheRead],
    [KEY.cacheWriteTokens, usage.cacheWrite5m + usage.cacheWrite1h],
    [KEY.reasoningTokens, usage.reasoning],
    [KEY.audioInputTokens, usage.audioIn + usage.audioCacheRead],
    [KEY.audioCacheReadTokens, usage.audioCacheRead],
    [KEY.audioOutputTokens, usage.audioOut],
    [KEY.imageInputTokens, usage.imageIn],
    [KEY.imageOutputTokens, usage.imageOut],
  ];
  for (const [key, tokens] of parts) if (tokens > 0) attributes[key] = tokens;
  return attributes;
}
