import { NodeSDK } from '@opentelemetry/sdk-node';
import * as one from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from './settings.ts';
import { startRecorder } from './span-recorder.ts';

/** What the app with two copies is told. */
export interface CopiesSettings {
  /** The second copy's index, as a URL. */
  copy: string;
  openaiBaseUrl: string;
}

/** What it saw. */
export interface CopiesAnswer {
  areTwo: boolean;
  isOneHandle: boolean;
  agents: string[];
  calls: number;
  nanoUsd: number;
  refusal: string | undefined;
  inferenceSpans: number;
}

// A tree with two copies of the plugin: each is used for a part, and there is one ledger.
const { copy, openaiBaseUrl } = settings() as CopiesSettings;
const two = (await import(copy)) as typeof one;
const { processor, spans } = startRecorder();
new NodeSDK({
  spanProcessors: [two.budgetSpanProcessor(), processor],
  metricReaders: [],
  logRecordProcessors: [],
}).start();

const options: one.RegisterOptions = {
  hosts: { [new URL(openaiBaseUrl).host]: 'openai' },
  budgets: [{ name: 'two-calls', limit: { calls: 2 }, window: 'total' }],
};
const handle = one.register(options);
const isOneHandle = two.register({ ...options, budgets: [] }) === (handle as unknown);
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl, maxRetries: 0 });
const ask = (): Promise<unknown> =>
  openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 20, messages: [{ role: 'user', content: 'Hi' }] });

await one.withAgent('one', ask);
await two.withAgent('two', ask);
const refusal = await two.withAgent('two', ask).catch((error: unknown) => error);
const rows = handle.usage({ by: ['agent'] });
answer({
  areTwo: two.register !== one.register,
  isOneHandle,
  agents: rows.map(({ by }) => String(by.agent)).toSorted(),
  calls: rows.reduce((sum, row) => sum + row.calls, 0),
  nanoUsd: rows.reduce((sum, row) => sum + row.nanoUsd, 0),
  refusal: two.BudgetExceededError.is(refusal) ? (refusal as one.BudgetExceededError).reason : String(refusal),
  inferenceSpans: spans.filter(({ attributes }) => attributes['gen_ai.usage.input_tokens'] !== undefined).length,
} satisfies CopiesAnswer);
