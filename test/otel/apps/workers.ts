import { once } from 'node:events';
import { isMainThread, Worker } from 'node:worker_threads';
import { register, type Tollgate } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from './settings.ts';

/** What each thread of the app saw. */
export interface ThreadAnswer {
  ends: string[];
  reach: string[];
}

// An app with a worker: each thread registers the same budget of one call, and makes two.
const { openaiBaseUrl } = settings() as { openaiBaseUrl: string };
const tollgate: Tollgate = register({
  hosts: { [new URL(openaiBaseUrl).host]: 'openai' },
  budgets: [{ name: 'one-call', limit: { calls: 1 }, window: 'total' }],
});
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl, maxRetries: 0 });
const ends: string[] = [];
for (const content of ['one', 'two']) {
  const messages = [{ role: 'user' as const, content }];
  const call = openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 20, messages });
  ends.push(
    await call.then(
      () => 'ok',
      (error: unknown) => (error as Error).name,
    ),
  );
}
answer({ ends, reach: tollgate.budgets().map(({ reach }) => reach) } satisfies ThreadAnswer);
if (isMainThread) await once(new Worker(new URL(import.meta.url)), 'exit');
