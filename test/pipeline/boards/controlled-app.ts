import { attribute, register, withAgent, withTask, type BudgetSpec } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from '../../otel/apps/settings.ts';

/** Budgets that stop calls for every reason there is: a pause, a lowered limit, one that is used up, a user's quota. */
export interface ControlledSettings {
  openaiBaseUrl: string;
  budgets: readonly BudgetSpec[];
}

const { openaiBaseUrl, budgets } = settings() as ControlledSettings;
const tollgate = register({
  serviceName: 'controlled',
  hosts: { [new URL(openaiBaseUrl).host]: 'openai' },
  budgets: [...budgets],
});
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl });

/** Tries so often; refusals are what is wanted. */
async function calls(times: number): Promise<void> {
  const messages = [{ role: 'user' as const, content: 'hello' }];
  for (let n = 0; n < times; n += 1) {
    await openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 50, messages }).catch(() => {});
  }
}

const AUDIT = { by: 'the test', why: 'to see what is told of it' };

await withAgent('paused', () => calls(1));
await tollgate.control.pause({ agent: 'paused' }, AUDIT);
await withAgent('paused', () => calls(2));
await withAgent('lowered', () => calls(1));
await tollgate.control.raise('lowered-day', { calls: 0 }, AUDIT);
await withAgent('lowered', () => calls(2));
await withAgent('exhausted', () => calls(3));
await attribute({ agent: 'reader', user: 'u-1' }, () => calls(3));
await attribute({ agent: 'reader', user: 'u-2' }, () => calls(1));
await withTask({ id: 'T-untagged' }, () => calls(13));
await tollgate.shutdown();
answer({ denied: tollgate.usage({ by: [] })[0]?.denied ?? 0 });
