import { Input } from '../input.ts';
import { asCount, asList, asObject, asText } from '../loose.ts';
import { number, type ParamRule, readParams, samplingRules, several, text, texts, tier } from '../params.ts';
import { cacheWishes } from '../openai-cache.ts';
import { requestFacts } from '../request-facts.ts';
import { serverToolUses } from '../server-tool-uses.ts';
import type { Operation, RequestFacts } from '../wire.ts';
import { readMessage } from './message.ts';

type Body =
  | 'model'
  | 'messages'
  | 'tools'
  | 'functions'
  | 'response_format'
  | 'prediction'
  | 'stream'
  | 'stream_options'
  | 'max_completion_tokens'
  | 'max_tokens'
  | 'n'
  | 'service_tier'
  | 'web_search_options'
  | 'prompt_cache_options'
  | 'prompt_cache_retention'
  | 'cache_control';

const rules: ReadonlyMap<string, ParamRule> = new Map([
  ...samplingRules,
  ['max_tokens', ['gen_ai.request.max_tokens', number]],
  ['max_completion_tokens', ['gen_ai.request.max_tokens', number]],
  ['stop', ['gen_ai.request.stop_sequences', texts]],
  ['seed', ['gen_ai.request.seed', number]],
  ['frequency_penalty', ['gen_ai.request.frequency_penalty', number]],
  ['presence_penalty', ['gen_ai.request.presence_penalty', number]],
  ['n', ['gen_ai.request.choice.count', several]],
  ['reasoning_effort', ['gen_ai.request.reasoning.level', text]],
  ['response_format', ['gen_ai.output.type', formatType]],
  ['modalities', ['gen_ai.output.type', modality]],
  ['service_tier', ['openai.request.service_tier', tier]],
]);

/** Reads a chat completions request. `max_completion_tokens` wins over `max_tokens`, as servers that know both have it. */
export function readRequest(operation: Operation, value: unknown): RequestFacts | undefined {
  const body = asObject<Body>(value);
  if (body === undefined) return undefined;
  const input = readInput(value, new Input());
  const tools = asList(body.tools);
  const searches = asObject(body.web_search_options) !== undefined;
  const served = tools.filter(isServerTool);
  return {
    ...requestFacts(operation, body.model, input),
    stream: body.stream === true,
    outputCap: asCount(body.max_completion_tokens) ?? asCount(body.max_tokens),
    choices: asCount(body.n) ?? 1,
    tools: tools.length + asList(body.functions).length,
    serverTools: searches || served.length > 0,
    // A model that searches does so once for an answer.
    serverToolUses: { ...serverToolUses(served), ...(searches && { web_search: 1 }) },
    ...cacheWishes(body, input),
    serviceTier: asText(body.service_tier),
    asksForUsage: asObject<'include_usage'>(body.stream_options)?.include_usage === true,
    params: readParams(body, rules),
  };
}

/** Tallies all that becomes input: messages, tools, the schema of the answer, a predicted answer. */
export function readInput(value: unknown, input: Input): Input {
  const body = asObject<Body>(value);
  if (body === undefined) return input;
  for (const message of asList(body.messages)) readMessage(message, input);
  input.json(body.tools);
  input.json(body.functions);
  input.cache(body.cache_control);
  input.json(asObject<'json_schema'>(body.response_format)?.json_schema);
  if (body.prediction != null) readMessage(body.prediction, input);
  return input;
}

function isServerTool(tool: unknown): boolean {
  const type = asObject<'type'>(tool)?.type;
  return typeof type === 'string' && type !== 'function' && type !== 'custom';
}

function formatType(format: unknown): string | undefined {
  const type = asText(asObject<'type'>(format)?.type);
  return type?.startsWith('json') ? 'json' : type;
}

function modality(modalities: unknown): string | undefined {
  return asList(modalities).includes('audio') ? 'speech' : undefined;
}
