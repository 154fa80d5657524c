import { setTimeout as sleep } from 'node:timers/promises';
import { attribute, register, withTask } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from '../../otel/apps/settings.ts';

/** One call for a team and a user, and eleven more that a budget refuses. */
export interface TaggedSettings {
  openaiBaseUrl: string;
  team: string;
  user: string;
}

/** So long like denials are held back; the next one says how many were. */
const HELD_BACK_MS = 10_000;

const { openaiBaseUrl, team, user } = settings() as TaggedSettings;
const tollgate = register({
  serviceName: 'tagged',
  hosts: { [new URL(openaiBaseUrl).host]: 'openai' },
  budgets: [{ name: 'one-call', limit: { calls: 1 }, window: 'total', by: ['team'] }],
});
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl });

function call(): Promise<unknown> {
  const messages = [{ role: 'user' as const, content: 'hello' }];
  return openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 50, messages });
}

await withTask({ id: 'T-tagged', type: 'answer' }, () =>
  attribute({ team, user, agent: 'desk', step: 'reply' }, async () => {
    await call();
    await Promise.allSettled(Array.from({ length: 10 }, call));
    await sleep(HELD_BACK_MS + 100);
    await Promise.allSettled([call()]);
  }),
);
answer({ rows: tollgate.usage({ by: ['agent', 'model'] }) });
