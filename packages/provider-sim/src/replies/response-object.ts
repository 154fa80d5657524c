import type { BilledUsage } from '../bill/billed-usage.ts';
import type { JsonObject } from '../sim-request.ts';
import type { Answer, AnswerToolCall } from './answer.ts';
import { idOf } from './hash.ts';
import { responseUsage } from './openai-usage.ts';

/** What stands around the answer in a response: its identity, and the fields of the request that a response repeats. */
export interface ResponseHead {
  id: string;
  createdAt: number;
  model: string;
  serviceTier: string;
  body: JsonObject;
}

/** One item of a response's output, with what its stream is made of. */
export type OutputItem =
  | { kind: 'reasoning' | 'search'; json: JsonObject }
  | { kind: 'message'; json: JsonObject; tokens: string[] }
  | { kind: 'function-call'; json: JsonObject; tokens: string[] };

type Status = 'queued' | 'in_progress' | 'completed' | 'incomplete' | 'failed' | 'cancelled';

const REPEATED_FIELDS = {
  background: false,
  instructions: null,
  max_output_tokens: null,
  previous_response_id: null,
  store: true,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  user: null,
  metadata: {},
};

/** A response in any state; usage and output are there once the model is done. */
export function responseObject(head: ResponseHead, status: Status, done?: Answer): JsonObject {
  const repeated = Object.entries(REPEATED_FIELDS).map(([field, usual]) => [field, head.body[field] ?? usual]);
  return {
    id: head.id,
    object: 'response',
    created_at: head.createdAt,
    status,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    model: head.model,
    output: done === undefined ? [] : outputItems(head, done).map((item) => item.json),
    parallel_tool_calls: true,
    reasoning: { effort: null, summary: null },
    service_tier: head.serviceTier,
    temperature: 1,
    top_p: 1,
    truncation: 'disabled',
    usage: done === undefined ? null : responseUsage(done.usage),
    ...(done !== undefined && done.usage.webSearches > 0 && { tool_usage: toolUsage(done.usage) }),
    ...Object.fromEntries(repeated),
  };
}

/** Whether the answer came to its end, or to its cap. */
export function finalStatus(answer: Answer): 'completed' | 'incomplete' {
  return answer.choices[0]?.finish === 'length' ? 'incomplete' : 'completed';
}

/** The items of the answer in the order in which a model gives them. */
export function outputItems({ id }: ResponseHead, answer: Answer): OutputItem[] {
  const { text = [], toolCalls = [] } = answer.choices[0] ?? {};
  const status = finalStatus(answer);
  const items: OutputItem[] = [];
  if (answer.usage.reasoning > 0) {
    items.push({ kind: 'reasoning', json: { id: idOf('rs_', id), type: 'reasoning', summary: [] } });
  }
  for (let number = 0; number < answer.usage.webSearches; number += 1) items.push(search(`${id}/${number}`));
  if (text.length > 0 || toolCalls.length === 0) {
    const json = {
      id: idOf('msg_', id),
      type: 'message',
      role: 'assistant',
      status,
      content: [{ type: 'output_text', text: text.join(''), annotations: [], logprobs: [] }],
    };
    items.push({ kind: 'message', json, tokens: text });
  }
  return [...items, ...toolCalls.map(functionCall)];
}

function search(seed: string): OutputItem {
  const json = {
    id: idOf('ws_', seed),
    type: 'web_search_call',
    status: 'completed',
    action: { type: 'search', query: 'q' },
  };
  return { kind: 'search', json };
}

function functionCall(call: AnswerToolCall): OutputItem {
  const json = {
    id: `fc_${call.id}`,
    type: 'function_call',
    status: 'completed',
    call_id: `call_${call.id}`,
    name: call.name,
    arguments: call.arguments.join(''),
  };
  return { kind: 'function-call', json, tokens: call.arguments };
}

function toolUsage(usage: BilledUsage): JsonObject {
  return {
    image_gen: {
      input_tokens: 0,
      input_tokens_details: { image_tokens: 0, text_tokens: 0 },
      output_tokens: 0,
      total_tokens: 0,
    },
    web_search: { num_requests: usage.webSearches },
  };
}
