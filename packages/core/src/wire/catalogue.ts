import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts';
import { openaiAudio } from './openai-audio/openai-audio.ts';
import { openaiChat } from './openai-chat/openai-chat.ts';
import { openaiCompletions } from './openai-completions/openai-completions.ts';
import { openaiEmbeddings } from './openai-embeddings/openai-embeddings.ts';
import { openaiImages } from './openai-images/openai-images.ts';
import { openaiResponses } from './openai-responses/openai-responses.ts';
import { findRoute } from './route.ts';
import type { Operation, Wire } from './wire.ts';

/** Every protocol that is known. */
export const wires: readonly Wire[] = [
  openaiChat,
  openaiResponses,
  openaiEmbeddings,
  openaiCompletions,
  openaiImages,
  openaiAudio,
  anthropicMessages,
];

const table = new Map(
  wires.flatMap((wire) => [...wire.routes].map(([tail, operation]) => [tail, { wire, operation }] as const)),
);

/** The protocol and the operation of a request, or undefined where it is no priced call. */
export function wireFor(method: string, path: string): { wire: Wire; operation: Operation } | undefined {
  return findRoute(table, method, path);
}
