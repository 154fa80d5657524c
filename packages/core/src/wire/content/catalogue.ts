import { createAnswer as answerOfMessages } from '../anthropic-messages/answer.ts';
import { readContent as readMessages } from '../anthropic-messages/messages.ts';
import { createAnswer as answerOfChat } from '../openai-chat/answer.ts';
import { readContent as readChat } from '../openai-chat/messages.ts';
import { readContent as readCompletions } from '../openai-completions/messages.ts';
import { createAnswer as answerOfResponses } from '../openai-responses/answer.ts';
import { readContent as readResponses } from '../openai-responses/messages.ts';
import { type ContentReader, guardReader } from './content-reader.ts';

/** What is said in the calls of each wire, by its id. Embeddings, images and sound have no messages in the conventions. */
export const CONTENT_READERS: ReadonlyMap<string, ContentReader> = new Map(
  [
    ['openai-chat', { request: readChat, answer: answerOfChat }] as const,
    ['openai-responses', { request: readResponses, answer: answerOfResponses }] as const,
    ['openai-completions', { request: readCompletions, answer: answerOfChat }] as const,
    ['anthropic-messages', { request: readMessages, answer: answerOfMessages }] as const,
  ].map(([id, reader]) => [id, guardReader(reader)]),
);
