import type { Usage } from '@tollgate/core';

/** A class of usage that is counted in tokens. */
export type TokenClass = {
  [C in keyof Usage]-?: Usage[C] extends number ? (C extends 'audioSeconds' ? never : C) : never;
}[keyof Usage];

/** The tokens of some classes of a usage. */
export function tokensOf(usage: Usage, classes: readonly TokenClass[]): number {
  let tokens = 0;
  for (const name of classes) tokens += usage[name];
  return tokens;
}

/** The disjoint kinds of `tollgate.tokens`: their sum is all tokens of a call. */
export const TOKEN_KINDS: readonly (readonly [kind: string, classes: readonly TokenClass[]])[] = [
  ['input', ['input']],
  ['cache_read', ['cacheRead']],
  ['cache_write', ['cacheWrite5m', 'cacheWrite1h']],
  ['output', ['output']],
  ['reasoning', ['reasoning']],
  ['audio_in', ['audioIn']],
  ['audio_cache_read', ['audioCacheRead']],
  ['audio_out', ['audioOut']],
  ['image_in', ['imageIn']],
  ['image_out', ['imageOut']],
];
