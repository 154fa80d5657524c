import { context, propagation, trace } from '@opentelemetry/api';
import {
  BudgetExceededError,
  register,
  withAgent,
  withTask,
  type RegisterOptions,
  type Tollgate,
} from '@tollgate/otel';
import { answer, settings } from './settings.ts';

/** What the plain app is told to do. */
export interface PlainSettings {
  options: RegisterOptions;
  openaiBaseUrl: string;
  anthropicBaseUrl: string;
}

/** What the plain app saw. */
export interface PlainAnswer {
  usage: ReturnType<Tollgate['usage']>;
  budgets: ReturnType<Tollgate['budgets']>;
  instrumented: Tollgate['instrumented'];
  /** Reasons of the refusals, in order. */
  refusals: (string | undefined)[];
  /** A span of the app's own, begun through the global API, is recorded. */
  isAppTraced: boolean;
  /** Headers that a request to anybody but a provider has, within the task. */
  carried: Record<string, string>;
  /** Files in node_modules that were loaded, where `count-loads.mjs` is preloaded. */
  loaded: string[];
}

// An app that has nothing of OpenTelemetry but its API: one call to each of two providers, and nothing at the end.
const { options, openaiBaseUrl, anthropicBaseUrl } = settings() as PlainSettings;
const tollgate = register({
  ...options,
  hosts: { [new URL(openaiBaseUrl).host]: 'openai', [new URL(anthropicBaseUrl).host]: 'anthropic' },
});
const { OpenAI } = await import('openai');
const { Anthropic } = await import('@anthropic-ai/sdk');
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl, maxRetries: 0 });
const anthropic = new Anthropic({ apiKey: 'sim', baseURL: anthropicBaseUrl, maxRetries: 0 });
const messages = [{ role: 'user' as const, content: 'a plain question' }];

const span = trace.getTracer('app').startSpan('app work');
const refusals: PlainAnswer['refusals'] = [];
const carried: PlainAnswer['carried'] = {};
await withTask({ id: 'T-1', type: 'triage' }, () =>
  withAgent('asker', async () => {
    propagation.inject(context.active(), carried);
    const work = [
      () => openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 20, messages }),
      () => anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 20, messages }),
    ];
    for (const send of work) {
      await (send() as Promise<unknown>).catch((error: unknown) => {
        if (!BudgetExceededError.is(error)) throw error;
        refusals.push((error as BudgetExceededError).reason);
      });
    }
  }),
);
const isAppTraced = span.isRecording();
span.end();
// Nothing flushes: what is there has to leave by itself when the process has nothing left to do.
answer({
  usage: tollgate.usage(),
  budgets: tollgate.budgets(),
  instrumented: tollgate.instrumented,
  refusals,
  isAppTraced,
  carried,
  loaded: (globalThis as { loadedFiles?: string[] }).loadedFiles ?? [],
} satisfies PlainAnswer);
