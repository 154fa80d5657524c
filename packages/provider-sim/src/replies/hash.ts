/** A small, even hash (FNV-1a, 32 bits): the same text gives the same number in every run. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** An id as providers write them: a prefix and letters that depend on the seed alone. */
export function idOf(prefix: string, seed: string): string {
  return prefix + hashOf(seed).toString(36).padStart(7, '0') + hashOf(`${seed}/`).toString(36).padStart(7, '0');
}
