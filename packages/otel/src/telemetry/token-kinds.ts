import type { Usage } from '@tollgate/core';

/** The disjoint kinds of `tollgate.tokens`: their sum is all tokens of a call. */
export const TOKEN_KINDS: readonly (readonly [kind: string, read: (usage: Usage) => number])[] = [
  ['input', (usage) => usage.input],
  ['cache_read', (usage) => usage.cacheRead],
  ['cache_write', (usage) => usage.cacheWrite5m + usage.cacheWrite1h],
  ['output', (usage) => usage.output],
  ['reasoning', (usage) => usage.reasoning],
  ['audio_in', (usage) => usage.audioIn],
  ['audio_cache_read', (usage) => usage.audioCacheRead],
  ['audio_out', (usage) => usage.audioOut],
  ['image_in', (usage) => usage.imageIn],
  ['image_out', (usage) => usage.imageOut],
];
