/** What a request to OpenAI says of caches, on top of what its input asks for. */
export function cacheWishes(
  body: { prompt_cache_options?: unknown; prompt_cache_retention?: unknown },
  input: { readonly mayWriteCache: boolean; readonly longCache: boolean },
): { mayWriteCache: boolean; longCache: boolean } {
  return {
    mayWriteCache: input.mayWriteCache || body.prompt_cache_options != null || body.prompt_cache_retention != null,
    longCache: input.longCache || body.prompt_cache_retention === '24h',
  };
}
