import type { Attributes } from '@opentelemetry/api';
import { totalInput, totalOutput, type Usage } from '@tollgate/core';
import { KEY } from '../conventions.ts';
import { tokensOf, type TokenClass } from './token-kinds.ts';

const PARTS: readonly (readonly [key: string, classes: readonly TokenClass[]])[] = [
  [KEY.cacheReadTokens, ['cacheRead', 'audioCacheRead']],
  [KEY.cacheWriteTokens, ['cacheWrite5m', 'cacheWrite1h']],
  [KEY.cacheWriteLongTokens, ['cacheWrite1h']],
  [KEY.reasoningTokens, ['reasoning']],
  [KEY.audioInputTokens, ['audioIn', 'audioCacheRead']],
  [KEY.audioCacheReadTokens, ['audioCacheRead']],
  [KEY.audioOutputTokens, ['audioOut']],
  [KEY.imageInputTokens, ['imageIn']],
  [KEY.imageOutputTokens, ['imageOut']],
];

/** Adds usage as the conventions count it: inclusive totals, and the parts of them that are not zero. */
export function addUsage(attributes: Attributes, usage: Usage): void {
  attributes[KEY.inputTokens] = totalInput(usage);
  attributes[KEY.outputTokens] = totalOutput(usage);
  for (const [key, classes] of PARTS) {
    const tokens = tokensOf(usage, classes);
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
