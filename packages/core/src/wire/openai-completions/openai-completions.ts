import { guard } from '../guard.ts';
import { Input } from '../input.ts';
import { asCount, asObject } from '../loose.ts';
import { createReader, isUsageOnlyEvent, readReply } from '../openai-chat/reply.ts';
import { withStreamUsage } from '../openai-chat/rewrite.ts';
import { number, type ParamRule, readParams, samplingRules, several, texts } from '../params.ts';
import { readPrompt } from '../prompt.ts';
import { requestFacts } from '../request-facts.ts';
import type { Operation, RequestFacts, Wire } from '../wire.ts';

type Body = 'model' | 'prompt' | 'suffix' | 'max_tokens' | 'n' | 'best_of' | 'stream' | 'stream_options';

const api = 'completions';

const rules: ReadonlyMap<string, ParamRule> = new Map([
  ...samplingRules,
  ['max_tokens', ['gen_ai.request.max_tokens', number]],
  ['stop', ['gen_ai.request.stop_sequences', texts]],
  ['seed', ['gen_ai.request.seed', number]],
  ['frequency_penalty', ['gen_ai.request.frequency_penalty', number]],
  ['presence_penalty', ['gen_ai.request.presence_penalty', number]],
  ['n', ['gen_ai.request.choice.count', several]],
]);

/** Text completions, the protocol before chat; base models and many local servers still speak it. Replies read like chat's. */
export const openaiCompletions: Wire = guard({
  id: 'openai-completions',
  routes: new Map([['completions', 'text_completion']]),
  marks: ['"usage"', '"finish_reason"'],
  readRequest,
  texts: (_operation, body) => readInput(body, new Input([])).strings ?? [],
  withOutputCap(_operation, value, cap) {
    const body = asObject<Body>(value);
    return body === undefined ? value : { ...body, max_tokens: Math.min(asCount(body.max_tokens) ?? cap, cap) };
  },
  withStreamUsage: (_operation, body) => withStreamUsage(body),
  readReply: (_operation, body) => readReply(api, body),
  streamReader: () => createReader(api),
  isUsageOnlyEvent,
});

/** Each prompt of a list is answered by itself, `best_of` times, of which `n` are shown and all are billed. */
function readRequest(operation: Operation, value: unknown): RequestFacts | undefined {
  const body = asObject<Body>(value);
  if (body === undefined) return undefined;
  const facts = requestFacts(operation, body.model, readInput(value, new Input()));
  return {
    ...facts,
    stream: body.stream === true,
    outputCap: asCount(body.max_tokens),
    choices: Math.max(asCount(body.n) ?? 1, asCount(body.best_of) ?? 1) * Math.max(1, facts.messages),
    asksForUsage: asObject<'include_usage'>(body.stream_options)?.include_usage === true,
    params: readParams(body, rules),
  };
}

function readInput(value: unknown, input: Input): Input {
  const body = asObject<Body>(value);
  readPrompt(body?.prompt, input);
  input.text(body?.suffix);
  return input;
}
