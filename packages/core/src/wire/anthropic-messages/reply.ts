import { asObject, asText, lengthOf, type Loose } from '../loose.ts';
import { addToContext, replyFacts } from '../reply-facts.ts';
import type { PriceContext, ReplyFacts, StreamReader } from '../wire.ts';
import { outputLength } from './message.ts';

type Reply = 'id' | 'model' | 'content' | 'stop_reason' | 'usage';
type Event = 'type' | 'message' | 'delta' | 'usage' | 'content_block';
type Delta = 'text' | 'thinking' | 'partial_json' | 'content' | 'stop_reason';

/** Reads a whole message. */
export function readReply(body: unknown): ReplyFacts {
  const facts = replyFacts('messages');
  const message = asObject<Reply>(body);
  if (message === undefined) return facts;
  const usage = asObject(message.usage);
  return {
    ...facts,
    id: asText(message.id),
    model: asText(message.model),
    finishReasons: listOf(message.stop_reason),
    usage,
    usageFinal: usage !== undefined,
    context: contextOf(usage),
    outputLength: outputLength(message.content),
    complete: true,
  };
}

/**
 * Reads the events of a stream. `message_start` has the input and a placeholder for the output, which is left out; the
 * totals of `message_delta` take the place of what came before and are never added to it.
 */
export function createReader(): StreamReader {
  const facts = replyFacts('messages');
  let usage: Loose<string> | undefined;
  let hasOutput = false;
  const start = (message: unknown): void => {
    const started = readReply(message);
    facts.id = started.id;
    facts.model = started.model;
    if (started.usage === undefined) return;
    const { output_tokens: _placeholder, output_tokens_details: _its, ...input } = known(started.usage);
    usage = { ...usage, ...input };
  };
  const go = (event: Loose<Event>): void => {
    if (asObject(event.usage) !== undefined) usage = { ...usage, ...known(event.usage) };
    hasOutput ||= usage?.['output_tokens'] !== undefined;
    const reasons = listOf(asObject<Delta>(event.delta)?.stop_reason);
    if (reasons.length === 0) return;
    facts.finishReasons = reasons;
    facts.complete = true;
  };
  return {
    push(value) {
      const event = asObject<Event>(value);
      if (event?.type === 'message_start') start(event.message);
      else if (event?.type === 'message_delta') go(event);
      else if (event?.type === 'message_stop') facts.complete = true;
      else facts.outputLength += spokenLength(event);
    },
    facts: () => ({ ...facts, usage, usageFinal: hasOutput && facts.complete, context: contextOf(usage) }),
  };
}

function spokenLength(event: Loose<Event> | undefined): number {
  if (event?.type === 'content_block_start') return lengthOf(asObject<'name'>(event.content_block)?.name);
  if (event?.type !== 'content_block_delta') return 0;
  const delta = asObject<Delta>(event.delta);
  return lengthOf(delta?.text) + lengthOf(delta?.thinking) + lengthOf(delta?.partial_json) + lengthOf(delta?.content);
}

/** The fields of a usage object that say something: null is no news. */
function known(usage: unknown): Loose<string> {
  return Object.fromEntries(Object.entries(asObject(usage) ?? {}).filter(([, value]) => value != null));
}

function contextOf(usage: unknown): PriceContext {
  const context: PriceContext = { api: 'messages' };
  const said = asObject<'service_tier' | 'speed' | 'inference_geo'>(usage);
  addToContext(context, {
    service_tier: said?.service_tier,
    speed: said?.speed,
    inference_geo: said?.inference_geo,
  });
  return context;
}

function listOf(reason: unknown): string[] {
  return typeof reason === 'string' ? [reason] : [];
}
