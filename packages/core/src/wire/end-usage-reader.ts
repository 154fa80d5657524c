import { asObject, asText, lengthOf } from './loose.ts';
import { replyFacts } from './reply-facts.ts';
import type { ReplyFacts, StreamReader } from './wire.ts';

/** Reads a stream whose last event carries its usage, and whose deltas, if any, are text. */
export function createEndUsageReader(api: string, isLast: (type: string) => boolean): StreamReader {
  const facts: ReplyFacts = replyFacts(api);
  return {
    push(value) {
      const event = asObject<'type' | 'delta' | 'usage'>(value);
      facts.outputLength += lengthOf(event?.delta);
      facts.usage = asObject(event?.usage) ?? facts.usage;
      facts.complete ||= isLast(asText(event?.type) ?? '');
      facts.usageFinal = facts.complete && facts.usage !== undefined;
    },
    facts: () => ({ ...facts, context: { ...facts.context } }),
  };
}
