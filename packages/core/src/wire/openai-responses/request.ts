import { Input } from '../input.ts';
import { asCount, asList, asObject, asText } from '../loose.ts';
import { number, type ParamRule, readParams, samplingRules, text, tier } from '../params.ts';
import { cacheWishes } from '../openai-cache.ts';
import { requestFacts } from '../request-facts.ts';
import { serverToolUses } from '../server-tool-uses.ts';
import type { Operation, RequestFacts } from '../wire.ts';
import { readItems } from './item.ts';

type Body =
  | 'model'
  | 'input'
  | 'instructions'
  | 'prompt'
  | 'previous_response_id'
  | 'conversation'
  | 'tools'
  | 'text'
  | 'max_output_tokens'
  | 'max_tool_calls'
  | 'stream'
  | 'background'
  | 'service_tier'
  | 'prompt_cache_options'
  | 'prompt_cache_retention';

const rules: ReadonlyMap<string, ParamRule> = new Map([
  ...samplingRules,
  ['max_output_tokens', ['gen_ai.request.max_tokens', number]],
  ['reasoning', ['gen_ai.request.reasoning.level', (value) => asText(asObject<'effort'>(value)?.effort)]],
  ['text', ['gen_ai.output.type', outputType]],
  ['service_tier', ['openai.request.service_tier', tier]],
  ['previous_response_id', ['gen_ai.request.previous_response.id', text]],
  ['conversation', ['gen_ai.conversation.id', (value) => asText(value) ?? asText(asObject<'id'>(value)?.id)]],
]);

/** Tools that the provider runs itself, in a loop of its own. */
const serverTool = /^(?:web_search|file_search|code_interpreter|mcp|image_generation|tool_search|programmatic|shell)/;

/** Reads a responses request, of `create` as of `compact`. */
export function readRequest(operation: Operation, value: unknown): RequestFacts | undefined {
  const body = asObject<Body>(value);
  if (body === undefined) return undefined;
  const input = readInput(value, new Input());
  const tools = asList(body.tools);
  const served = tools.filter(isServerTool);
  return {
    ...requestFacts(operation, body.model, input),
    stream: body.stream === true,
    outputCap: asCount(body.max_output_tokens),
    tools: tools.length,
    serverTools: served.length > 0,
    serverToolUses: serverToolUses(served, body.max_tool_calls),
    storedInput: body.previous_response_id != null || body.conversation != null || body.prompt != null,
    ...cacheWishes(body, input),
    serviceTier: asText(body.service_tier),
    background: body.background === true,
    params: readParams(body, rules),
  };
}

/** Tallies all that becomes input: instructions, items, tools, the schema of the answer, values for a stored prompt. */
export function readInput(value: unknown, input: Input): Input {
  const body = asObject<Body>(value);
  if (body === undefined) return input;
  input.text(body.instructions);
  readItems(body.input, input);
  input.json(body.tools);
  input.json(asObject<'schema'>(formatOf(body.text))?.schema);
  input.json(asObject<'variables'>(body.prompt)?.variables);
  return input;
}

/** A copy with `max_output_tokens` lowered to `cap`. */
export function withOutputCap(value: unknown, cap: number): unknown {
  const body = asObject<Body>(value);
  if (body === undefined) return value;
  return { ...body, max_output_tokens: Math.min(asCount(body.max_output_tokens) ?? cap, cap) };
}

function isServerTool(tool: unknown): boolean {
  return serverTool.test(asText(asObject<'type'>(tool)?.type) ?? '');
}

function formatOf(config: unknown): unknown {
  return asObject<'format'>(config)?.format;
}

function outputType(config: unknown): string | undefined {
  const type = asText(asObject<'type'>(formatOf(config))?.type);
  return type?.startsWith('json') ? 'json' : type;
}
