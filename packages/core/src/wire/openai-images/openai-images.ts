import { countOf, formFields, formFlag, formNumber } from '../form.ts';
import { guard } from '../guard.ts';
import { imageTokens, imageUnit } from '../implied.ts';
import { Input } from '../input.ts';
import { asCount, asList, asObject } from '../loose.ts';
import { addToContext, replyFacts } from '../reply-facts.ts';
import { requestFacts } from '../request-facts.ts';
import { createEndUsageReader } from '../end-usage-reader.ts';
import type { Operation, ReplyFacts, RequestFacts, Wire } from '../wire.ts';

const api = 'images.generate';
const fields = ['model', 'prompt', 'n', 'stream', 'image', 'mask', 'size', 'quality'] as const;

/** Images made, edited and varied. Older models report no usage: their price goes by number, size and quality. */
export const openaiImages: Wire = guard({
  id: 'openai-images',
  routes: new Map([
    ['images/generations', 'image_generation'],
    ['images/edits', 'image_generation'],
    ['images/variations', 'image_generation'],
  ]),
  marks: ['"usage"'],
  readRequest,
  texts: (_operation, body) => readInput(body, new Input([])).strings ?? [],
  withOutputCap: (_operation, body) => body,
  readReply: (_operation, body) => readReply(body),
  streamReader: () => createEndUsageReader(api, (type) => type.endsWith('.completed')),
});

function readRequest(operation: Operation, value: unknown): RequestFacts | undefined {
  const body = formFields(value, fields);
  if (body === undefined) return undefined;
  const choices = asCount(formNumber(body.n)) ?? 1;
  const stream = formFlag(body.stream);
  return {
    ...requestFacts(operation, body.model, readInput(value, new Input())),
    stream,
    choices,
    impliedOutput: imageTokens(body.quality, body.size),
    units: { [imageUnit(body.quality, body.size)]: choices },
    params: {
      'gen_ai.output.type': 'image',
      ...(choices !== 1 && { 'gen_ai.request.choice.count': choices }),
      ...(stream && { 'gen_ai.request.stream': true }),
    },
  };
}

function readInput(value: unknown, input: Input): Input {
  const body = formFields(value, fields);
  input.messages += 1;
  input.text(body?.prompt);
  input.images += countOf(body?.image) + countOf(body?.mask);
  return input;
}

function readReply(body: unknown): ReplyFacts {
  const facts = replyFacts(api);
  const reply = asObject<'data' | 'usage' | 'svg_usage' | 'size' | 'quality'>(body);
  if (reply === undefined) return facts;
  addToContext(facts.context, { size: reply.size, quality: reply.quality });
  facts.context['images'] = asList(reply.data).length;
  if (asObject(reply.svg_usage) !== undefined) facts.context['svg_usage'] = reply.svg_usage;
  const usage = asObject(reply.usage);
  return { ...facts, usage, usageFinal: usage !== undefined, complete: true };
}
