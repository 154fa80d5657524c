import { Input } from '../input.ts';
import { asCount, asList, asObject, asText } from '../loose.ts';
import { number, type ParamRule, readParams, samplingRules, texts } from '../params.ts';
import { requestFacts } from '../request-facts.ts';
import { serverToolUses } from '../server-tool-uses.ts';
import type { Operation, RequestFacts } from '../wire.ts';
import { readContent, readMessage } from './message.ts';

type Body =
  | 'model'
  | 'messages'
  | 'system'
  | 'tools'
  | 'mcp_servers'
  | 'thread'
  | 'max_tokens'
  | 'thinking'
  | 'stream'
  | 'cache_control'
  | 'output_config'
  | 'output_format'
  | 'service_tier'
  | 'speed'
  | 'inference_geo';

const rules: ReadonlyMap<string, ParamRule> = new Map([
  ...samplingRules,
  ['max_tokens', ['gen_ai.request.max_tokens', number]],
  ['stop_sequences', ['gen_ai.request.stop_sequences', texts]],
  ['output_config', ['gen_ai.request.reasoning.level', (config) => asText(asObject<'effort'>(config)?.effort)]],
]);

/** Tools that the provider runs itself; `bash`, `computer` and the like are run by the app. */
const serverTool = /^(?:web_search|web_fetch|code_execution|tool_search|advisor|mcp)/;

/** Reads a messages request. Beta fields are read whether or not the path asks for betas. */
export function readRequest(operation: Operation, value: unknown): RequestFacts | undefined {
  const body = asObject<Body>(value);
  if (body === undefined) return undefined;
  const input = readInput(value, new Input());
  const tools = asList(body.tools);
  const params = readParams(body, rules);
  if (answerFormat(body) != null) params['gen_ai.output.type'] = 'json';
  return {
    ...requestFacts(operation, body.model, input),
    stream: body.stream === true,
    outputCap: outputCap(body),
    tools: tools.length,
    serverTools: asList(body.mcp_servers).length > 0 || tools.some(isServerTool),
    serverToolUses: serverToolUses(tools.filter(isServerTool)),
    storedInput: body.thread != null,
    serviceTier: asText(body.service_tier),
    speed: asText(body.speed),
    geo: asText(body.inference_geo),
    params,
  };
}

/** Tallies all that becomes input: system prompt, messages, tools, the schema of the answer. */
export function readInput(value: unknown, input: Input): Input {
  const body = asObject<Body>(value);
  if (body === undefined) return input;
  readContent(body.system, input);
  for (const message of asList(body.messages)) readMessage(message, input);
  input.json(body.tools);
  for (const tool of asList(body.tools)) input.cache(asObject<'cache_control'>(tool)?.cache_control);
  input.cache(body.cache_control);
  input.json(asObject<'schema'>(answerFormat(body))?.schema);
  return input;
}

/** Thinking counts towards `max_tokens`, unless it is interleaved with tools: then its own budget may be the larger one. */
function outputCap(body: { readonly [name in Body]?: unknown }): number | undefined {
  const cap = asCount(body.max_tokens);
  const budget = asCount(asObject<'budget_tokens'>(body.thinking)?.budget_tokens);
  return cap === undefined || budget === undefined ? cap : Math.max(cap, budget);
}

function answerFormat(body: { readonly [name in Body]?: unknown }): unknown {
  return asObject<'format'>(body.output_config)?.format ?? body.output_format;
}

function isServerTool(tool: unknown): boolean {
  return serverTool.test(asText(asObject<'type'>(tool)?.type) ?? '');
}
