// A small app: one call through the real OpenAI SDK, then one that its budget refuses. Prints what it saw.
// Arguments: the base URL of the provider, and `sdk` where the app has an OpenTelemetry SDK of its own.
import { BudgetExceededError, register, withAgent } from '@tollgate/otel';
import OpenAI from 'openai';

const [baseURL, sdk] = process.argv.slice(2);
const ended = sdk === 'sdk' ? (await import('./sdk-span-recorder.mjs')).startSdk() : [];

const tollgate = register({
  serviceName: 'consumer',
  hosts: { [new URL(baseURL).host]: 'openai' },
  budgets: [{ name: 'one-call', limit: { calls: 1 }, window: 'total' }],
});
const openai = new OpenAI({ baseURL, apiKey: 'none' });
const ask = () =>
  withAgent('asker', () =>
    openai.chat.completions.create({
      model: 'gpt-4o-mini',
      max_tokens: 50,
      messages: [{ role: 'user', content: 'Hi' }],
    }),
  );

const { usage } = await ask();
const refusal = await ask().then(
  () => undefined,
  (error) => (BudgetExceededError.is(error) ? error.reason : String(error)),
);
const [row] = tollgate.usage({ by: ['agent'] });
const calls = ended.filter((span) => span.attributes['gen_ai.request.model'] !== undefined);
await tollgate.shutdown();

console.log(
  JSON.stringify({
    usage,
    refusal,
    row,
    instrumented: tollgate.instrumented,
    spans: calls.map(({ name, attributes }) => ({ name, attributes })),
  }),
);
