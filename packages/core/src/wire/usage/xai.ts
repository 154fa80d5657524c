import type { UsageReader } from '../wire.ts';
import { readChat } from './openai-chat.ts';
import { readResponses } from './openai-responses.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** xAI: reasoning is outside the completion in chat, inside the output in responses. `cost_in_usd_ticks` is what it bills: 10¹⁰ are one USD. */
export const readXaiUsage: UsageReader = (raw, context) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const isChat = usage['prompt_tokens'] !== undefined || usage['completion_tokens'] !== undefined;
  const reading = isChat ? readChat(usage, counts, { reasoningOutside: true }) : readResponses(usage, context, counts);
  counts.reportCost(reading.usage, usage['cost_in_usd_ticks'], 0.1);
  return reading;
};
