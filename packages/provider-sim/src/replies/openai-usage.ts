import { generatedTokensOf, promptTokensOf, type BilledUsage } from '../bill/billed-usage.ts';
import type { JsonObject } from '../sim-request.ts';

/** Usage as chat completions tell it: caches are inside the prompt, reasoning is inside the completion. */
export function chatUsage(usage: BilledUsage): JsonObject {
  const prompt = promptTokensOf(usage);
  const completion = generatedTokensOf(usage);
  const written = usage.cacheWrite5m + usage.cacheWrite1h;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: {
      cached_tokens: usage.cacheRead,
      audio_tokens: usage.audioIn,
      ...(written > 0 && { cache_write_tokens: written }),
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning,
      audio_tokens: usage.audioOut,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** Usage as responses tell it. */
export function responseUsage(usage: BilledUsage): JsonObject {
  const input = promptTokensOf(usage);
  const output = generatedTokensOf(usage);
  const written = usage.cacheWrite5m + usage.cacheWrite1h;
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cacheRead,
      cache_write_tokens: written,
      ...(written > 0 && {
        cache_write_tokens_details: { ttl_30m_tokens: usage.cacheWrite5m, ttl_12h_tokens: usage.cacheWrite1h },
      }),
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + output,
  };
}
