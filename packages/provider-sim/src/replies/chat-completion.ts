import type { Answer, AnswerChoice } from './answer.ts';
import { generatedAfter } from './answer.ts';
import { chatUsage } from './openai-usage.ts';
import { SseWriter, type SseEvent } from './sse-writer.ts';
import type { Flavour, JsonObject } from '../sim-request.ts';

/** What stands around the answer in a chat completion. */
export interface ChatHead {
  id: string;
  created: number;
  model: string;
  serviceTier: string;
  flavour: Flavour;
}

const FINISH = { stop: 'stop', length: 'length', 'tool-calls': 'tool_calls' } as const;

/** The answer as one `chat.completion`. */
export function chatCompletion(answer: Answer, head: ChatHead): JsonObject {
  return {
    ...common(head, 'chat.completion'),
    choices: answer.choices.map((choice, index) => ({
      index,
      message: messageOf(choice),
      logprobs: null,
      finish_reason: FINISH[choice.finish],
    })),
    usage: chatUsage(answer.usage),
    ...(head.flavour === 'groq' && { x_groq: { id: `req_${head.id}` } }),
  };
}

/**
 * The answer as `chat.completion.chunk` events. With `usage` all chunks say `usage: null`, but for a last one that has no choices; without
 * it none says anything. Groq tells its usage in the last chunk of the answer in either case.
 */
export function chatChunks(answer: Answer, head: ChatHead, usage: boolean): SseEvent[] {
  const writer = new SseWriter();
  const chunk = (choices: JsonObject[], extra: JsonObject = {}): JsonObject => ({
    ...common(head, 'chat.completion.chunk'),
    choices,
    ...(usage && { usage: null }),
    ...extra,
  });
  if (head.flavour === 'azure') writer.write(chunk([], { prompt_filter_results: [{ prompt_index: 0 }] }));
  answer.choices.forEach((_, index) => {
    const first = head.flavour === 'groq' && index === 0 ? { x_groq: { id: `req_${head.id}` } } : {};
    writer.write(chunk([delta(index, { role: 'assistant', content: '', refusal: null })], first));
  });
  const deltas = interleave(answer.choices.map(deltasOf));
  deltas.forEach((one, sent) => {
    const generated = generatedAfter(answer.usage, sent + 1, deltas.length);
    writer.write(chunk([delta(one.index, one.delta)]), { generated });
  });
  answer.choices.forEach((choice, index) => {
    const isLast = head.flavour === 'groq' && index === answer.choices.length - 1;
    const told = isLast ? { x_groq: { id: `req_${head.id}`, usage: chatUsage(answer.usage) } } : {};
    const generated = generatedAfter(answer.usage, 1, 1);
    writer.write(chunk([delta(index, {}, FINISH[choice.finish])], told), { generated });
  });
  if (usage) writer.write(chunk([], { usage: chatUsage(answer.usage) }));
  writer.done();
  return writer.events;
}

function common(head: ChatHead, object: string): JsonObject {
  return {
    id: head.id,
    object,
    created: head.created,
    model: head.model,
    service_tier: head.serviceTier,
    system_fingerprint: 'fp_sim',
  };
}

function messageOf({ text, toolCalls }: AnswerChoice): JsonObject {
  const content = text.join('');
  return {
    role: 'assistant',
    content: content === '' && toolCalls.length > 0 ? null : content,
    refusal: null,
    annotations: [],
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((call) => ({
        id: `call_${call.id}`,
        type: 'function',
        function: { name: call.name, arguments: call.arguments.join('') },
      })),
    }),
  };
}

function delta(index: number, what: JsonObject, finish: string | null = null): JsonObject {
  return { index, delta: what, logprobs: null, finish_reason: finish };
}

interface Delta {
  index: number;
  delta: JsonObject;
}

function deltasOf({ text, toolCalls }: AnswerChoice, index: number): Delta[] {
  const words = text.map((token) => ({ index, delta: { content: token } }));
  const calls = toolCalls.flatMap((call, position) => [
    {
      index,
      delta: {
        tool_calls: [
          { index: position, id: `call_${call.id}`, type: 'function', function: { name: call.name, arguments: '' } },
        ],
      },
    },
    ...call.arguments.map((token) => ({
      index,
      delta: { tool_calls: [{ index: position, function: { arguments: token } }] },
    })),
  ]);
  return [...words, ...calls];
}

function interleave(lists: Delta[][]): Delta[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}
