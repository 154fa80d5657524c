import { BudgetExceededError } from '@tollgate/otel';
import type { OpenAI } from 'openai';
import type { App } from './start-app.ts';

/** What a scripted answer costs: gpt-4o is $2.50 and $10 per million tokens. */
export const USAGE = { input: 1_000, output: 100 } as const;
export const COST: number = USAGE.input * 2_500 + USAGE.output * 10_000;

type Body = Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>;

/** A small question to gpt-4o, with the cap that its scripted answer fills. */
export function ask(
  { openai }: Pick<App, 'openai'>,
  prompt: string = 'a question',
  body: Body = {},
  options: OpenAI.RequestOptions = {},
): Promise<OpenAI.ChatCompletion> {
  return openai.chat.completions.create(
    { model: 'gpt-4o', max_tokens: USAGE.output, messages: [{ role: 'user', content: prompt }], ...body },
    options,
  );
}

/** The budgets' no to a call. Throws whatever else came of it. */
export async function refusal(call: Promise<unknown>): Promise<BudgetExceededError> {
  const error = await call.then(
    () => new Error('the call was let through'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof BudgetExceededError)) throw error;
  return error;
}
