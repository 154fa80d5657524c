import type { UsageReader } from '../wire.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** OpenAI's image API: text and image input apart, all output is image unless the details say that some is text. */
export const readOpenAiImagesUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const total = counts.count(usage['input_tokens']);
  const imageIn = counts.count(fieldsOf(usage['input_tokens_details'])['image_tokens']);
  const text = counts.count(fieldsOf(usage['output_tokens_details'])['text_tokens']);
  return counts.reading({
    input: counts.rest(total, imageIn),
    imageIn,
    output: text,
    imageOut: counts.rest(counts.count(usage['output_tokens']), text),
  });
};
