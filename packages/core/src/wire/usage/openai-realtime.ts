import type { UsageReader } from '../wire.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** OpenAI's realtime API: cached input is inside the total and is split by modality; its cached image tokens count as cached text. */
export const readOpenAiRealtimeUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const input = fieldsOf(usage['input_token_details']);
  const cachedBy = fieldsOf(input['cached_tokens_details']);
  const total = counts.count(usage['input_tokens']);
  const cached = counts.count(input['cached_tokens']);
  const audioCacheRead = counts.count(cachedBy['audio_tokens']);
  const audioIn = counts.rest(counts.count(input['audio_tokens']), audioCacheRead);
  const imageIn = counts.rest(counts.count(input['image_tokens']), counts.count(cachedBy['image_tokens']));
  const audioOut = counts.count(fieldsOf(usage['output_token_details'])['audio_tokens']);
  return counts.reading({
    input: counts.rest(total, cached + audioIn + imageIn),
    cacheRead: counts.rest(cached, audioCacheRead),
    audioIn,
    audioCacheRead,
    imageIn,
    output: counts.rest(counts.count(usage['output_tokens']), audioOut),
    audioOut,
  });
};
