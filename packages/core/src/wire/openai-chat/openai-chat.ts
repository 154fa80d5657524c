import { guard } from '../guard.ts';
import { Input } from '../input.ts';
import type { Wire } from '../wire.ts';
import { createReader, isUsageOnlyEvent, readReply } from './reply.ts';
import { readInput, readRequest } from './request.ts';
import { withOutputCap, withStreamUsage } from './rewrite.ts';

const api = 'chat.completions';

/** Chat completions, as OpenAI made them and Groq, Together, DeepSeek, xAI, Mistral, OpenRouter and others speak them. */
export const openaiChat: Wire = guard({
  id: 'openai-chat',
  marks: ['"usage"', '"finish_reason"'],
  routes: new Map([['chat/completions', 'chat']]),
  readRequest,
  texts: (_operation, body) => readInput(body, new Input([])).strings ?? [],
  withOutputCap: (_operation, body, cap) => withOutputCap(body, cap),
  withStreamUsage: (_operation, body) => withStreamUsage(body),
  readReply: (_operation, body) => readReply(api, body),
  streamReader: () => createReader(api),
  isUsageOnlyEvent,
});
