/** Matches the kinds of tokens of a prompt that a provider read from its cache. */
export const CACHE_READ = '=~"cache_read|audio_cache_read"';

/** Matches all kinds of a prompt: a share of the cache is a share of these. */
export const PROMPT = '=~"input|cache_read|cache_write|audio_in|audio_cache_read|image_in"';
