import type { PriceContext, ReplyFacts } from './wire.ts';

/** Facts of a reply of which nothing is known yet. */
export function replyFacts(api: string): ReplyFacts {
  return {
    id: undefined,
    model: undefined,
    finishReasons: [],
    usage: undefined,
    usageFinal: false,
    context: { api },
    outputLength: 0,
    complete: false,
    pending: false,
  };
}

/** Copies those facts into a context that are strings. */
export function addToContext(context: PriceContext, facts: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'string') context[name] = value;
  }
}
