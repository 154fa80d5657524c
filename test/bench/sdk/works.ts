import type Anthropic from '@anthropic-ai/sdk';
import { createRequire } from 'node:module';
import type OpenAI from 'openai';
import { BIG, SMALL, type Prompt } from './prompts.ts';
import { REPLIES } from './replies.ts';

/** Calls that are measured; the same in every variant. */
export type WorkName =
  | 'chat'
  | 'chat, 100k tokens'
  | 'chat stream'
  | 'chat stream, short'
  | 'chat stream, left'
  | 'messages'
  | 'messages, 100k tokens'
  | 'messages, own span';

/** One call, and the reply that it will get. */
export interface Work {
  reply: () => Response;
  call: () => Promise<unknown>;
}

/** Events after which a stream is left. */
const LEFT_AFTER = 5;

type Fetch = () => Promise<Response>;

/** The calls of the OpenAI SDK of a project. `fetch`: where they get their answers from, instead of a network. */
export function openaiWorks(project: string, fetch: Fetch): Partial<Record<WorkName, Work>> {
  const { OpenAI: Client } = createRequire(project)('openai') as { OpenAI: typeof OpenAI };
  const openai = new Client({ apiKey: 'none', fetch, maxRetries: 0 });
  const chat = (prompt: Prompt) => (): Promise<unknown> => openai.chat.completions.create(chatRequest(prompt));
  const stream = (leaveAfter: number) => async (): Promise<void> => {
    const events = await openai.chat.completions.create({
      ...chatRequest(SMALL),
      stream: true,
      stream_options: { include_usage: true },
    });
    let seen = 0;
    for await (const event of events) if (event !== undefined && (seen += 1) === leaveAfter) break;
  };
  return {
    chat: { reply: REPLIES.chat, call: chat(SMALL) },
    'chat, 100k tokens': { reply: REPLIES.chat, call: chat(BIG) },
    'chat stream': { reply: REPLIES['chat stream'], call: stream(Infinity) },
    'chat stream, short': { reply: REPLIES['chat stream, short'], call: stream(Infinity) },
    'chat stream, left': { reply: REPLIES['chat stream'], call: stream(LEFT_AFTER) },
  };
}

/** The calls of the Anthropic SDK of a project; with the span that it opens itself only where it says so. */
export function anthropicWorks(project: string, fetch: Fetch): Partial<Record<WorkName, Work>> {
  const { Anthropic: Client } = createRequire(project)('@anthropic-ai/sdk') as { Anthropic: typeof Anthropic };
  const options = { apiKey: 'none', fetch, maxRetries: 0 };
  const plain = new Client({ ...options, openTelemetry: false });
  const traced = new Client(options);
  const messages = (client: Anthropic, prompt: Prompt) => (): Promise<unknown> =>
    client.messages.create(messagesRequest(prompt));
  return {
    messages: { reply: REPLIES.messages, call: messages(plain, SMALL) },
    'messages, 100k tokens': { reply: REPLIES.messages, call: messages(plain, BIG) },
    'messages, own span': { reply: REPLIES.messages, call: messages(traced, SMALL) },
  };
}

const CHAT_TOOLS = BIG.tools.map((definition) => ({ type: 'function' as const, function: definition }));
const MESSAGES_TOOLS = BIG.tools.map(({ parameters, ...tool }) => ({ ...tool, input_schema: parameters }));

/** An agent makes a new list for each call, of messages that it has said before; its tools stay what they are. */
function chatRequest({ messages, tools }: Prompt): OpenAI.ChatCompletionCreateParamsNonStreaming {
  const request = { model: 'gpt-5', temperature: 1, max_completion_tokens: 4096, messages: [...messages] };
  return tools.length === 0 ? request : { ...request, tools: CHAT_TOOLS };
}

function messagesRequest({ messages, tools }: Prompt): Anthropic.MessageCreateParamsNonStreaming {
  const request = { model: 'claude-sonnet-5-5', temperature: 1, max_tokens: 4096, messages: [...messages] };
  return tools.length === 0 ? request : { ...request, tools: MESSAGES_TOOLS };
}
