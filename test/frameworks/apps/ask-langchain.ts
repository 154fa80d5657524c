import type { Tollgate } from '@tollgate/otel';
import { answer, outcomeOf } from './outcome.ts';

interface Message {
  text: string;
}

interface Runnable {
  invoke(prompt: string): Promise<Message>;
  stream(prompt: string): Promise<AsyncIterable<Message>>;
}

interface ChatModel extends Runnable {
  withFallbacks(fallbacks: Runnable[]): Runnable;
}

type Made<Instance> = new (options?: object) => Instance;

/** The packages as the app's module format has them. */
interface Packages {
  ChatOpenAI: Made<ChatModel>;
  ChatAnthropic: Made<ChatModel>;
  OpenAI: Made<{ chat: { completions: { create(body: object): Promise<object> } } }>;
  Anthropic: Made<{ messages: { create(body: object): Promise<object> } }>;
}

/** Each model with its defaults, by `invoke` and as a stream, where it may and where it may not; and the app's own SDKs. */
export async function askLangchain(
  tollgate: Tollgate,
  { ChatOpenAI, ChatAnthropic, OpenAI, Anthropic }: Packages,
): Promise<void> {
  const openai = new ChatOpenAI({ model: 'gpt-4o-mini' });
  const anthropic = new ChatAnthropic({ model: 'claude-haiku-4-5' });
  for (const [name, model] of Object.entries({ openai, anthropic })) {
    for (const agent of [name, `closed ${name}`]) {
      const prompt = `${agent} invoke`;
      await outcomeOf(prompt, () => invoked(model, prompt));
      await outcomeOf(`${agent} stream`, () => streamed(model, `${agent} stream`));
    }
  }
  const withFallbacks = openai.withFallbacks([anthropic, new ChatOpenAI({ model: 'gpt-4o' })]);
  await outcomeOf('closed fallbacks', () => invoked(withFallbacks, 'closed fallbacks'));

  const messages = (prompt: string): object[] => [{ role: 'user', content: prompt }];
  await outcomeOf('own openai', async () => {
    await new OpenAI().chat.completions.create({ model: 'gpt-4o-mini', messages: messages('own openai') });
    return {};
  });
  await outcomeOf('own anthropic', async () => {
    const body = { model: 'claude-haiku-4-5', max_tokens: 50, messages: messages('own anthropic') };
    await new Anthropic().messages.create(body);
    return {};
  });
  answer(tollgate);
}

async function invoked(model: Runnable, prompt: string): Promise<{ text: string }> {
  const { text } = await model.invoke(prompt);
  return { text };
}

async function streamed(model: Runnable, prompt: string): Promise<{ text: string }> {
  let text = '';
  for await (const chunk of await model.stream(prompt)) text += chunk.text;
  return { text };
}
