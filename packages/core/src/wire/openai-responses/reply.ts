import { asObject, asText, lengthOf, type Loose } from '../loose.ts';
import { addToContext, replyFacts } from '../reply-facts.ts';
import type { ReplyFacts, StreamReader } from '../wire.ts';
import { addBilledItems } from './billed-items.ts';
import { callsTools, outputLength } from './item.ts';

type Reply =
  | 'id'
  | 'model'
  | 'status'
  | 'output'
  | 'usage'
  | 'tool_usage'
  | 'tools'
  | 'service_tier'
  | 'background'
  | 'incomplete_details';
type Event = 'type' | 'response' | 'delta' | 'item';

/** Reads a response: whole, still in the background, compacted, or as a stream's events carry it. */
export function readReply(body: unknown): ReplyFacts {
  const facts = replyFacts('responses');
  const response = asObject<Reply>(body);
  if (response === undefined) return facts;
  addToContext(facts.context, { service_tier: response.service_tier });
  if (asObject(response.tool_usage) !== undefined) facts.context.tool_usage = response.tool_usage;
  addBilledItems(facts.context, response.output, response.tools);
  const pending = response.status === 'queued' || response.status === 'in_progress';
  const usage = asObject(response.usage);
  return {
    ...facts,
    id: asText(response.id),
    model: asText(response.model),
    finishReasons: finishReasons(response),
    usage,
    usageFinal: usage !== undefined && !pending,
    outputLength: outputLength(response.output),
    complete: !pending,
    pending,
  };
}

/** Reads the events of a stream. `response.completed`, `.incomplete` and `.failed` carry the whole response. */
export function createReader(): StreamReader {
  let facts = replyFacts('responses');
  let spoken = 0;
  let background = false;
  const items: unknown[] = [];
  let tools: unknown;
  return {
    push(value) {
      const event = asObject<Event>(value);
      const response = asObject<Reply>(event?.response);
      if (response !== undefined) {
        facts = readReply(response);
        background = response.background === true;
        tools = response.tools;
      } else {
        spoken += spokenLength(event);
        if (event?.type === 'response.output_item.done') items.push(event.item);
      }
    },
    facts() {
      const context = { ...facts.context };
      if (!facts.complete) addBilledItems(context, items, tools);
      return {
        ...facts,
        context,
        outputLength: Math.max(facts.outputLength, spoken),
        pending: facts.pending && background,
      };
    },
  };
}

/** Sound comes as deltas too, but in base64. */
function spokenLength(event: Loose<Event> | undefined): number {
  const type = asText(event?.type);
  return type?.endsWith('.delta') && type !== 'response.audio.delta' ? lengthOf(event?.delta) : 0;
}

function finishReasons(response: Loose<Reply>): string[] {
  switch (response.status) {
    case 'completed':
      return [callsTools(response.output) ? 'tool_calls' : 'stop'];
    case 'incomplete':
      return [asText(asObject<'reason'>(response.incomplete_details)?.reason) ?? 'incomplete'];
    case 'failed':
      return ['error'];
    case 'cancelled':
      return ['cancelled'];
    default:
      return [];
  }
}
