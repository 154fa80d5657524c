import { asList, asObject, asText } from '../loose.ts';
import { addToContext, replyFacts } from '../reply-facts.ts';
import type { ReplyFacts, StreamReader } from '../wire.ts';
import { outputLength } from './message.ts';

type Reply = 'id' | 'model' | 'choices' | 'usage' | 'x_groq' | 'service_tier';
type Choice = 'index' | 'message' | 'delta' | 'text' | 'finish_reason';

/** Reads a whole reply of chat completions, or of legacy completions. */
export function readReply(api: string, body: unknown): ReplyFacts {
  const reader = createReader(api);
  reader.push(body);
  const facts = reader.facts();
  return { ...facts, usageFinal: facts.usage !== undefined, complete: asObject(body) !== undefined };
}

/**
 * Reads the chunks of a stream. Usage may come in the last chunk, in one with choices, or as `x_groq.usage`; the last one
 * counts. It is final once every choice that was seen has a finish reason, or when the chunk has no choices at all.
 */
export function createReader(api: string): StreamReader {
  const facts = replyFacts(api);
  const finishReasons: (string | undefined)[] = [];
  let usageOnly = false;
  return {
    push(event) {
      const chunk = asObject<Reply>(event);
      if (chunk === undefined) return;
      facts.id ??= asText(chunk.id) || undefined;
      facts.model ??= asText(chunk.model) || undefined;
      addToContext(facts.context, { service_tier: chunk.service_tier });
      const usage = asObject(chunk.usage) ?? asObject(asObject<'usage'>(chunk.x_groq)?.usage);
      if (usage !== undefined) facts.usage = usage;
      usageOnly ||= isUsageOnlyEvent(event);
      for (const value of asList(chunk.choices)) {
        const choice = asObject<Choice>(value);
        if (choice !== undefined) facts.outputLength += readChoice(choice, finishReasons);
      }
    },
    facts() {
      const reasons = finishReasons.filter((reason) => reason !== undefined);
      const finished = reasons.length > 0 && reasons.length === seen(finishReasons);
      const usageFinal = facts.usage !== undefined && (finished || usageOnly);
      return {
        ...facts,
        context: { ...facts.context },
        finishReasons: reasons,
        usageFinal,
        complete: finished || usageOnly,
      };
    },
  };
}

/** The chunk that `include_usage` adds: usage and an empty list of choices. */
export function isUsageOnlyEvent(event: unknown): boolean {
  const chunk = asObject<Reply>(event);
  return Array.isArray(chunk?.choices) && chunk.choices.length === 0 && asObject(chunk.usage) !== undefined;
}

const maxChoices = 1024;

function readChoice(choice: { readonly [name in Choice]?: unknown }, finishReasons: (string | undefined)[]): number {
  const { index } = choice;
  const at = typeof index === 'number' && index >= 0 && index < maxChoices ? Math.floor(index) : 0;
  finishReasons[at] = asText(choice.finish_reason) ?? finishReasons[at];
  return outputLength(choice.delta ?? choice.message) + (asText(choice.text)?.length ?? 0);
}

/** Choices that have spoken: the list has holes where an index was never seen. */
function seen(finishReasons: readonly (string | undefined)[]): number {
  return Object.keys(finishReasons).length;
}
