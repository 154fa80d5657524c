import { emptyUsage } from '../../usage.ts';
import type { PriceContext, UsageReader } from '../wire.ts';
import { aiSdkUsageReader } from './ai-sdk.ts';
import { readAnthropicUsage } from './anthropic.ts';
import { readBedrockConverseUsage } from './bedrock-converse.ts';
import { readCohereUsage } from './cohere.ts';
import { readDeepSeekUsage } from './deepseek.ts';
import { readGoogleUsage } from './google.ts';
import { readGroqUsage } from './groq.ts';
import { readMistralUsage } from './mistral.ts';
import { readOllamaUsage } from './ollama.ts';
import { readOpenAiAudioUsage } from './openai-audio.ts';
import { readOpenAiChatUsage } from './openai-chat.ts';
import { readOpenAiEmbeddingsUsage } from './openai-embeddings.ts';
import { readOpenAiImagesUsage } from './openai-images.ts';
import { readOpenAiRealtimeUsage } from './openai-realtime.ts';
import { readOpenAiResponsesUsage } from './openai-responses.ts';
import { readOpenRouterUsage } from './openrouter.ts';
import { type Fields, fieldsOf, type UsageReading } from './reading.ts';
import { readXaiUsage } from './xai.ts';

/** Reads any provider's usage object. What is no usage at all, or cannot be read, is not `present`. Never throws. */
export function readUsage(provider: string, usage: unknown, context: PriceContext = {}): UsageReading {
  try {
    return usageReaderFor(provider, usage, context)(usage, context);
  } catch {
    // Only an object with getters of its own can get here.
    return { usage: emptyUsage(), flags: ['inconsistent_usage'], present: false };
  }
}

/** Picks the reader by the shape of the usage object, then by `context.api`, then by the provider. */
export function usageReaderFor(provider: string, usage: unknown, context: PriceContext): UsageReader {
  const fields = fieldsOf(usage);
  const vendor = vendorOf(typeof context['ai_sdk_provider'] === 'string' ? context['ai_sdk_provider'] : provider);
  return byOwnShape(fields, vendor) ?? byFamily(fields, vendor, typeof context.api === 'string' ? context.api : '');
}

const aiSdk = aiSdkUsageReader((raw, context) => {
  const provider = typeof context['ai_sdk_provider'] === 'string' ? context['ai_sdk_provider'] : '';
  return usageReaderFor(provider, raw, context)(raw, context);
});

/** Keys that only one source has. */
const OWN_KEYS: readonly (readonly [key: string, reader: UsageReader])[] = [
  ['cache_creation_input_tokens', readAnthropicUsage],
  ['cache_read_input_tokens', readAnthropicUsage],
  ['iterations', readAnthropicUsage],
  ['inputTokenDetails', aiSdk],
  ['outputTokenDetails', aiSdk],
  ['cachedInputTokens', aiSdk],
  ['promptTokenCount', readGoogleUsage],
  ['candidatesTokenCount', readGoogleUsage],
  ['totalTokenCount', readGoogleUsage],
  ['total_input_tokens', readGoogleUsage],
  ['prompt_eval_count', readOllamaUsage],
  ['eval_count', readOllamaUsage],
  ['billed_units', readCohereUsage],
  ['meta', readCohereUsage],
  ['x_groq', readGroqUsage],
  ['output_token_details', readOpenAiRealtimeUsage],
];

function byOwnShape(fields: Fields, vendor: string): UsageReader | undefined {
  // What nearly all calls have is told first.
  if (fields['prompt_tokens'] !== undefined || fields['input_tokens_details'] !== undefined) return undefined;
  for (const [key, reader] of OWN_KEYS) if (fields[key] !== undefined) return reader;
  if (fields['inputTokens'] === undefined && fields['outputTokens'] === undefined) return undefined;
  return vendor === 'aws' ||
    fields['cacheReadInputTokens'] !== undefined ||
    fields['cacheWriteInputTokens'] !== undefined
    ? readBedrockConverseUsage
    : aiSdk;
}

function byFamily(fields: Fields, vendor: string, api: string): UsageReader {
  const own = BY_API.find(([beginning]) => api.startsWith(beginning));
  if (own !== undefined) return own[1];
  if (isImages(fields)) return readOpenAiImagesUsage;
  if (fields['type'] === 'duration' || fields['type'] === 'tokens') return readOpenAiAudioUsage;
  if (isOfChat(fields, api)) {
    return CHAT_BY_VENDOR[vendor] ?? readOpenAiChatUsage;
  }
  return TOTALS_BY_VENDOR[vendor] ?? readOpenAiResponsesUsage;
}

function isOfChat(fields: Fields, api: string): boolean {
  if (fields['input_tokens'] !== undefined || fields['output_tokens'] !== undefined) return false;
  // A response that says nothing of its tokens may say what tools it has used.
  return !api.startsWith('responses') || fields['prompt_tokens'] !== undefined;
}

/** Answers and images have the same names; only those of images do not count what was cached. */
function isImages(fields: Fields): boolean {
  const details = fieldsOf(fields['input_tokens_details']);
  return details['image_tokens'] !== undefined && details['cached_tokens'] === undefined;
}

/** APIs whose usage objects look like others. */
const BY_API: readonly (readonly [beginning: string, reader: UsageReader])[] = [
  ['audio', readOpenAiAudioUsage],
  ['images', readOpenAiImagesUsage],
  ['realtime', readOpenAiRealtimeUsage],
  ['embeddings', readOpenAiEmbeddingsUsage],
];

/** Readers of `prompt_tokens` and `completion_tokens`, where a vendor has a dialect of its own. */
const CHAT_BY_VENDOR: Record<string, UsageReader | undefined> = {
  mistral: readMistralUsage,
  groq: readGroqUsage,
  deepseek: readDeepSeekUsage,
  xai: readXaiUsage,
  openrouter: readOpenRouterUsage,
};

/** Readers of `input_tokens` and `output_tokens`, likewise. */
const TOTALS_BY_VENDOR: Record<string, UsageReader | undefined> = {
  anthropic: readAnthropicUsage,
  xai: readXaiUsage,
};

/** Beginnings of provider names, in OpenTelemetry's words, the catalogue's and the SDKs', and the vendor that they mean. */
const VENDORS: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['vertex.anthropic', 'anthropic'],
  ['mistral', 'mistral'],
  ['groq', 'groq'],
  ['deepseek', 'deepseek'],
  ['xai', 'xai'],
  ['x_ai', 'xai'],
  ['x-ai', 'xai'],
  ['openrouter', 'openrouter'],
  ['google', 'google'],
  ['gcp.', 'google'],
  ['gemini', 'google'],
  ['cohere', 'cohere'],
  ['ollama', 'ollama'],
  ['aws', 'aws'],
  ['amazon', 'aws'],
  ['bedrock', 'aws'],
]);

function vendorOf(provider: string): string {
  if (VENDORS.has(provider)) return VENDORS.get(provider)!;
  const name = provider.toLowerCase();
  for (const [beginning, vendor] of VENDORS) if (name.startsWith(beginning)) return vendor;
  return '';
}
