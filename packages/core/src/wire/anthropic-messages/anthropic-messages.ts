import { guard } from '../guard.ts';
import { Input } from '../input.ts';
import type { Wire } from '../wire.ts';
import { createReader, readReply } from './reply.ts';
import { readInput, readRequest } from './request.ts';
import { withOutputCap } from './rewrite.ts';

/** Anthropic's messages, beta included. Counting tokens and batches are no calls. */
export const anthropicMessages: Wire = guard({
  id: 'anthropic-messages',
  routes: new Map([['v1/messages', 'chat']]),
  marks: ['"usage"'],
  readRequest,
  texts: (_operation, body) => readInput(body, new Input([])).strings ?? [],
  withOutputCap: (_operation, body, cap) => withOutputCap(body, cap),
  readReply: (_operation, body) => readReply(body),
  streamReader: () => createReader(),
});
