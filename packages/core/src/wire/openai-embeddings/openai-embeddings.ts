import { guard } from '../guard.ts';
import { Input } from '../input.ts';
import { asObject, asText } from '../loose.ts';
import { number, type ParamRule, readParams, texts } from '../params.ts';
import { readPrompt } from '../prompt.ts';
import { replyFacts } from '../reply-facts.ts';
import { requestFacts } from '../request-facts.ts';
import type { ReplyFacts, StreamReader, Wire } from '../wire.ts';

type Body = 'model' | 'input';

const rules: ReadonlyMap<string, ParamRule> = new Map([
  ['dimensions', ['gen_ai.embeddings.dimension.count', number]],
  ['encoding_format', ['gen_ai.request.encoding_formats', texts]],
]);

/** Embeddings, as OpenAI made them. They have no output and no stream. */
export const openaiEmbeddings: Wire = guard({
  id: 'openai-embeddings',
  routes: new Map([['embeddings', 'embeddings']]),
  marks: ['"usage"'],
  readRequest(operation, value) {
    const body = asObject<Body>(value);
    if (body === undefined) return undefined;
    return {
      ...requestFacts(operation, body.model, readInput(value, new Input())),
      params: readParams(body, rules),
    };
  },
  texts: (_operation, body) => readInput(body, new Input([])).strings ?? [],
  withOutputCap: (_operation, body) => body,
  readReply: (_operation, body) => readReply(body),
  streamReader: () => createReader(),
});

function readInput(value: unknown, input: Input): Input {
  readPrompt(asObject<Body>(value)?.input, input);
  return input;
}

function readReply(body: unknown): ReplyFacts {
  const reply = asObject<'model' | 'usage'>(body);
  const usage = asObject(reply?.usage);
  return {
    ...replyFacts('embeddings'),
    model: asText(reply?.model),
    usage,
    usageFinal: usage !== undefined,
    complete: reply !== undefined,
  };
}

function createReader(): StreamReader {
  let facts = readReply(undefined);
  return {
    push(event) {
      facts = readReply(event);
    },
    facts: () => facts,
  };
}
