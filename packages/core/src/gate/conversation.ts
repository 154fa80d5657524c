import type { Conversation } from '../tokens/conversations.ts';

/** Where requests keep the list of what was said so far, whatever their wire. */
const LISTS = ['messages', 'input', 'contents'] as const;

/** How a request tells that it goes on from an earlier one: by its list of messages, or by the response it names. */
export function conversationOf(body: unknown): Conversation | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const request = body as Partial<Record<(typeof LISTS)[number] | 'previous_response_id', unknown>>;
  const messages = LISTS.map((list) => request[list]).find((list) => Array.isArray(list)) as
    | readonly unknown[]
    | undefined;
  const previousId = request.previous_response_id;
  return { messages, previousId: typeof previousId === 'string' ? previousId : undefined };
}
