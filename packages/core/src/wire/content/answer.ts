import type { GrowingMessage } from './growing-message.ts';
import { toJson } from './fit.ts';

/** What was answered, put together from a whole reply or from the events of a stream. */
export interface Answer {
  /** Takes a whole reply, or one event of a stream, parsed as JSON. */
  push(said: unknown): void;
  /** The messages so far as JSON that is no longer than its limit; undefined where nothing came. */
  json(): string | undefined;
}

/** The messages of an answer as JSON. */
export function answerJson(messages: Iterable<GrowingMessage>): string | undefined {
  return toJson([...messages].map((message) => message.message()));
}
