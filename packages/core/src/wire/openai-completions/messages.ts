import { fitMessages } from '../content/fit.ts';
import type { Message, RequestContent } from '../content/message.ts';
import { textPart } from '../content/parts.ts';
import type { Room } from '../content/room.ts';
import { asObject } from '../loose.ts';

/** What a text completion's request says: each prompt is a message. Prompts in tokens have no text to be told. */
export function readContent(value: unknown): RequestContent {
  const prompt = asObject<'prompt'>(value)?.prompt;
  return {
    systemInstructions: undefined,
    inputMessages: fitMessages(Array.isArray(prompt) ? prompt : [prompt], readPrompt),
    toolDefinitions: undefined,
  };
}

function readPrompt(value: unknown, room: Room): Message | undefined {
  return typeof value === 'string' ? { role: 'user', parts: [textPart('text', value, room)] } : undefined;
}
