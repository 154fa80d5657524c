import type { UsageReader } from '../wire.ts';
import { NANO_PER_USD } from '../../money.ts';
import { readChat } from './openai-chat.ts';
import { CountReader, fieldsOf } from './reading.ts';

/** OpenRouter: like OpenAI's chat, and `cost` in USD is what it bills. With a key of one's own (`byok`) the model's provider bills the rest. */
export const readOpenRouterUsage: UsageReader = (raw) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const reading = readChat(usage, counts);
  counts.reportCost(reading.usage, usage['cost'], NANO_PER_USD);
  if (usage['is_byok'] === true) counts.flag('byok');
  return reading;
};
