import type { UsageReader } from '../wire.ts';
import { readChat } from './openai-chat.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** Mistral: like OpenAI's chat, with the cached tokens under three names, audio by the second and documents by the page. */
export const readMistralUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const reading = readChat(usage, counts, {
    cached: ({ num_cached_tokens, prompt_token_details }) =>
      num_cached_tokens ?? fieldsOf(prompt_token_details)['cached_tokens'],
  });
  reading.usage.audioSeconds = counts.amount(usage['prompt_audio_seconds']);
  const pages = counts.count(usage['pages_processed']);
  if (pages > 0) reading.usage.tools = { page: pages };
  reading.present = counts.present;
  return reading;
};
