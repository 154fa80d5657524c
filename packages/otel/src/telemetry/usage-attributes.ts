import type { Attributes } from '@opentelemetry/api';
import { totalInput, totalOutput, type Usage } from '@tollgate/core';
import { KEY } from '../conventions.ts';

const PARTS: readonly (readonly [key: string, read: (usage: Usage) => number])[] = [
  [KEY.cacheReadTokens, (usage) => usage.cacheRead + usage.audioCacheRead],
  [KEY.cacheWriteTokens, (usage) => usage.cacheWrite5m + usage.cacheWrite1h],
  [KEY.cacheWriteLongTokens, (usage) => usage.cacheWrite1h],
  [KEY.reasoningTokens, (usage) => usage.reasoning],
  [KEY.audioInputTokens, (usage) => usage.audioIn + usage.audioCacheRead],
  [KEY.audioCacheReadTokens, (usage) => usage.audioCacheRead],
  [KEY.audioOutputTokens, (usage) => usage.audioOut],
  [KEY.imageInputTokens, (usage) => usage.imageIn],
  [KEY.imageOutputTokens, (usage) => usage.imageOut],
];

/** Adds usage as the conventions count it: inclusive totals, and the parts of them that are not zero. */
export function addUsage(attributes: Attributes, usage: Usage): void {
  attributes[KEY.inputTokens] = totalInput(usage);
  attributes[KEY.outputTokens] = totalOutput(usage);
  for (const [key, read] of PARTS) {
    const tokens = read(usage);
    if (tokens > 0) attributes[key] = tokens;
  }
  const units = unitsOf(usage);
  if (units.length > 0) attributes[KEY.billedUnits] = units;
}

/** Attributes can't hold a map, so that each unit carries its number: `web_search=3`. */
function unitsOf({ tools, audioSeconds }: Usage): string[] {
  const units = Object.entries(tools)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${unit}=${count}`);
  if (audioSeconds > 0) units.push(`audio_second=${audioSeconds}`);
  return units.toSorted();
}
