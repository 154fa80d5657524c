import { guard } from '../guard.ts';
import { Input } from '../input.ts';
import type { Wire } from '../wire.ts';
import { createReader, readReply } from './reply.ts';
import { readInput, readRequest, withOutputCap } from './request.ts';

/** OpenAI's responses, and their compaction. Counting input tokens and cancelling are no calls. */
export const openaiResponses: Wire = guard({
  id: 'openai-responses',
  routes: new Map([
    ['responses', 'chat'],
    ['responses/compact', 'chat'],
  ]),
  marks: ['"usage"'],
  repeatsAnswer: true,
  readRequest,
  texts: (_operation, body) => readInput(body, new Input([])).strings ?? [],
  withOutputCap: (_operation, body, cap) => withOutputCap(body, cap),
  readReply: (_operation, body) => readReply(body),
  streamReader: () => createReader(),
});

/** The response that a request asks for, whose usage settles a call made in the background; undefined for other requests. */
export function retrievedResponse(method: string, path: string): string | undefined {
  if (method.toUpperCase() !== 'GET') return undefined;
  return /(?:^|\/)responses\/([^/?]+)\/?(?:\?|$)/.exec(path)?.[1];
}
