import { registerHooks } from 'node:module';
import type { RegisterOptions, Tollgate } from '@tollgate/otel';
import { answer, settings } from './settings.ts';

/** What the app that says something is told. */
export interface ContentSettings {
  options: RegisterOptions;
  acts: readonly Act[];
  /** Whether Anthropic's SDK puts content onto its span itself. */
  isNativeContent?: boolean | undefined;
  openaiBaseUrl: string;
  anthropicBaseUrl: string;
}

/** What it does: each act is a task of its name. */
export type Act = keyof typeof ACTS;

/** What it saw. */
export interface ContentAnswer {
  /** What came of each act: `ok`, or the reason of a refusal. */
  ends: string[];
  /** Files of ours that read messages, and were loaded. */
  loaded: string[];
  /** All that the handle tells. */
  told: { usage: ReturnType<Tollgate['usage']>; budgets: ReturnType<Tollgate['budgets']> };
}

const READS_MESSAGES = /^content\/|^content\.ts|^wire\/(?:content\/|[\w-]+\/(?:messages|answer|blocks|item-parts)\.ts)/;
const loaded: string[] = [];
registerHooks({
  load(url, context, nextLoad) {
    const file = /\/packages\/(?:core|otel)\/src\/(.*)$/.exec(url)?.[1];
    if (file !== undefined && READS_MESSAGES.test(file)) loaded.push(file);
    return nextLoad(url, context);
  },
});

const { options, acts, isNativeContent, openaiBaseUrl, anthropicBaseUrl } = settings() as ContentSettings;
const { BudgetExceededError, register, withTask } = await import('@tollgate/otel');
const tollgate = register({
  ...options,
  hosts: { [new URL(openaiBaseUrl).host]: 'openai', [new URL(anthropicBaseUrl).host]: 'anthropic' },
});
const { OpenAI } = await import('openai');
const { Anthropic } = await import('@anthropic-ai/sdk');
const openai = new OpenAI({ apiKey: 'sim-secret', baseURL: openaiBaseUrl, maxRetries: 0 });
const anthropic = new Anthropic({
  apiKey: 'sim-secret',
  baseURL: anthropicBaseUrl,
  maxRetries: 0,
  ...(isNativeContent === true && { openTelemetry: { traces: { contentMode: 'content' } } }),
});

const chat = { model: 'gpt-4o-mini', max_tokens: 200 } as const;
const messages = [
  { role: 'system' as const, content: 'Mind the walrus.' },
  { role: 'user' as const, content: 'Is there a xylophone?' },
];
const parameters = { type: 'object' as const, properties: { city: { type: 'string' } } };
const response = { model: 'gpt-5-mini', max_output_tokens: 200, instructions: 'Mind the walrus.' } as const;
const question = 'Is there a xylophone?';
const message = {
  model: 'claude-haiku-4-5',
  max_tokens: 4000,
  system: 'Mind the walrus.',
  messages: [{ role: 'user' as const, content: question }],
  thinking: { type: 'enabled' as const, budget_tokens: 2000 },
};
const anthropicTools = [{ name: 'weather', description: 'of the walrus', input_schema: parameters }];
const tools = [{ type: 'function' as const, function: { name: 'weather', description: 'of the walrus', parameters } }];
const flatTools = [{ type: 'function' as const, name: 'weather', parameters, strict: null }];

const ACTS = {
  chat: () => openai.chat.completions.create({ ...chat, messages, n: 2 }),
  'chat, then more': async () => {
    const asked = [...messages];
    await openai.chat.completions.create({ ...chat, messages: asked });
    asked.push({ role: 'user', content: 'a later narwhal' });
  },
  'chat tools': () => openai.chat.completions.create({ ...chat, messages, tools }),
  'chat stream': async () => read(await openai.chat.completions.create({ ...chat, messages, n: 2, stream: true })),
  'chat stream tools': async () =>
    read(await openai.chat.completions.create({ ...chat, messages, tools, stream: true })),
  'chat left': async () => read(await openai.chat.completions.create({ ...chat, messages, stream: true }), 3),
  'chat aborted': async () => {
    const stream = await openai.chat.completions.create({ ...chat, messages, stream: true });
    const seen: unknown[] = [];
    for await (const chunk of stream) if (seen.push(chunk) === 3) stream.controller.abort();
  },
  long: () =>
    openai.chat.completions.create({
      ...chat,
      messages: [...messages, { role: 'user', content: 'é'.repeat(200_000) }],
    }),
  responses: () => openai.responses.create({ ...response, input: question, tools: flatTools }),
  'responses stream': async () =>
    read(await openai.responses.create({ ...response, input: question, tools: flatTools, stream: true })),
  'responses left': async () => read(await openai.responses.create({ ...response, input: question, stream: true }), 8),
  completion: () => openai.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: question, max_tokens: 200 }),
  embeddings: () => openai.embeddings.create({ model: 'text-embedding-3-small', input: question }),
  messages: () => anthropic.messages.create(message),
  'messages stream': async () =>
    read(await anthropic.messages.create({ ...message, tools: anthropicTools, stream: true })),
  'messages raw': async () => (await anthropic.messages.create(message).asResponse()).json(),
};

const ends: string[] = [];
for (const act of acts) {
  const done = withTask(act, async () => void (await ACTS[act]()));
  ends.push(
    await done.then(
      () => 'ok',
      (error: unknown) =>
        BudgetExceededError.is(error) ? (BudgetExceededError.find(error)?.reason ?? '') : String(error),
    ),
  );
}
const told = { usage: tollgate.usage({ by: ['task'] }), budgets: tollgate.budgets() };
await tollgate.shutdown();
answer({ ends, loaded, told } satisfies ContentAnswer);

/** Reads a stream to its end, or as many of its chunks. */
async function read(stream: AsyncIterable<unknown>, chunks = Infinity): Promise<void> {
  const seen: unknown[] = [];
  for await (const chunk of stream) if (seen.push(chunk) === chunks) break;
}
