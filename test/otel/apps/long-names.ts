import { register, withAgent, withTask } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from './settings.ts';

// An app that hands a user's text on as a name: an agent, a task and a model of a megabyte each.
const { openaiBaseUrl } = settings() as { openaiBaseUrl: string };
const tollgate = register({
  otel: 'own',
  hosts: { [new URL(openaiBaseUrl).host]: 'openai' },
  budgets: [{ name: 'one-task', limit: { calls: 1 }, window: 'total', by: ['task', 'agent'] }],
});
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl, maxRetries: 0 });
const ends: string[] = [];
for (const model of [`gpt-${'m'.repeat(1_000_000)}`, 'gpt-4o-mini']) {
  const messages = [{ role: 'user' as const, content: 'Hi' }];
  const call = (): Promise<unknown> => openai.chat.completions.create({ model, max_tokens: 20, messages });
  const end = withTask({ id: 't'.repeat(1_000_000), type: 'triage' }, () => withAgent('a'.repeat(1_000_000), call));
  ends.push(
    await end.then(
      () => 'ok',
      (error: unknown) => (error as Error).name,
    ),
  );
}
await tollgate.flush();
answer({ ends });
