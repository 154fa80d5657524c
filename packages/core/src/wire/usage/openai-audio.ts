import type { UsageReader } from '../wire.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** OpenAI's transcriptions: by the second (`type: 'duration'`), or by tokens with the audio ones inside the input. */
export const readOpenAiAudioUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  if (usage['seconds'] !== undefined) return counts.reading({ audioSeconds: counts.amount(usage['seconds']) });
  const audioIn = counts.count(fieldsOf(usage['input_token_details'])['audio_tokens']);
  return counts.reading({
    input: counts.rest(counts.count(usage['input_tokens']), audioIn),
    audioIn,
    output: counts.count(usage['output_tokens']),
  });
};
