import type { UsageReader } from '../wire.ts';
import { readChat } from './openai-chat.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** Groq: like OpenAI's chat; the last event of a stream may carry it as `x_groq.usage`. */
export const readGroqUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const streamed = fieldsOf(usage['x_groq'])['usage'];
  return readChat(streamed === undefined ? usage : fieldsOf(streamed), new CountReader());
};
