import { generatedTokensOf, type BilledUsage } from '../bill/billed-usage.ts';
import type { JsonObject } from '../sim-request.ts';
import type { Answer } from './answer.ts';
import { idOf } from './hash.ts';

/** What stands around the answer in a message. */
export interface MessageHead {
  id: string;
  model: string;
  speed: 'standard' | 'fast';
  /** The start of a stream says nothing of caches yet. */
  lateCaches: boolean;
}

/** One block of a message, with the deltas that its stream is made of. */
export interface Block {
  /** As it starts in a stream: without what the deltas bring. */
  start: JsonObject;
  deltas: JsonObject[];
  whole: JsonObject;
}

const STOP = { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' } as const;

/** The answer as one message. */
export function anthropicMessage(answer: Answer, head: MessageHead): JsonObject {
  return {
    ...emptyMessage(answer, head),
    content: blocksOf(answer, head).map((block) => block.whole),
    stop_reason: stopReason(answer),
    usage: messageUsage(answer.usage, head),
  };
}

/** The message as its stream starts: exact input, one token of output as a placeholder. */
export function emptyMessage(answer: Answer, head: MessageHead): JsonObject {
  const caches = head.lateCaches ? { cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } : {};
  const started = { ...answer.usage, ...caches, reasoning: 0, output: 1, webSearches: 0 };
  return {
    id: head.id,
    type: 'message',
    role: 'assistant',
    model: head.model,
    content: [],
    container: null,
    diagnostics: null,
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage: messageUsage(started, head),
  };
}

/** Why the model stopped, as Anthropic says it. */
export function stopReason(answer: Answer): string {
  return STOP[answer.choices[0]?.finish ?? 'stop'];
}

/** The usage of a whole message: caches stand beside the input, thinking is inside the output. */
function messageUsage(usage: BilledUsage, head: MessageHead): JsonObject {
  return {
    ...cumulativeUsage(usage),
    cache_creation: {
      ephemeral_5m_input_tokens: usage.cacheWrite5m,
      ephemeral_1h_input_tokens: usage.cacheWrite1h,
    },
    inference_geo: null,
    service_tier: 'standard',
    speed: head.speed,
  };
}

/** The totals that the stream's `message_delta` repeats. */
export function cumulativeUsage(usage: BilledUsage): JsonObject {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_read_input_tokens: usage.cacheRead,
    output_tokens: generatedTokensOf(usage),
    output_tokens_details: usage.reasoning > 0 ? { thinking_tokens: usage.reasoning } : null,
    server_tool_use: usage.webSearches > 0 ? { web_search_requests: usage.webSearches, web_fetch_requests: 0 } : null,
  };
}

/** The blocks of the answer in the order in which a model gives them. */
export function blocksOf(answer: Answer, { id }: MessageHead): Block[] {
  const { text = [], toolCalls = [] } = answer.choices[0] ?? {};
  const blocks: Block[] = answer.usage.reasoning > 0 ? [thinking(answer.thinking)] : [];
  for (let number = 0; number < answer.usage.webSearches; number += 1) blocks.push(...search(`${id}/${number}`));
  if (text.length > 0 || toolCalls.length === 0) blocks.push(textBlock(text));
  const direct = { type: 'direct' };
  for (const call of toolCalls) {
    const start = { type: 'tool_use', id: `toolu_${call.id}`, name: call.name, input: {}, caller: direct };
    const deltas = call.arguments.map((token) => ({ type: 'input_json_delta', partial_json: token }));
    blocks.push({ start, deltas, whole: { ...start, input: parsedOrEmpty(call.arguments.join('')) } });
  }
  return blocks;
}

function textBlock(tokens: string[]): Block {
  const start = { type: 'text', text: '', citations: null };
  const deltas = tokens.map((text) => ({ type: 'text_delta', text }));
  return { start, deltas, whole: { ...start, text: tokens.join('') } };
}

function thinking(tokens: string[]): Block {
  const start = { type: 'thinking', thinking: '', signature: '' };
  const words = tokens.map((token) => ({ type: 'thinking_delta', thinking: token }));
  const signed = { type: 'signature_delta', signature: 'c2ltdWxhdGVk' };
  return {
    start,
    deltas: [...words, signed],
    whole: { ...start, thinking: tokens.join(''), signature: signed.signature },
  };
}

function search(seed: string): Block[] {
  const id = idOf('srvtoolu_', seed);
  const caller = { type: 'direct' };
  const use = { type: 'server_tool_use', id, name: 'web_search', input: { query: 'q' }, caller };
  const result = { type: 'web_search_tool_result', tool_use_id: id, content: [], caller };
  return [use, result].map((whole) => ({ start: whole, deltas: [], whole }));
}

/** A cap can cut the arguments of a tool apart. */
function parsedOrEmpty(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
