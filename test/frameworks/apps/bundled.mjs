import { instrument, withAgent } from '@tollgate/otel';
import OpenAI from 'openai';
import { tollgate } from './instrumentation.mjs';

const openai = new OpenAI({ maxRetries: 0 });
const ask = (agent) =>
  withAgent(agent, () =>
    openai.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: agent }] }),
  );

// A function, since CommonJS has no await at its top level.
async function main() {
  await ask('unseen');
  const before = tollgate.instrumented;
  const isTheSame = instrument(openai) === openai;
  await ask('seen');
  const refusal = await ask('closed').catch((error) => error.reason);
  const rows = tollgate.usage({ by: ['agent'] });
  process.stdout.write(`${JSON.stringify({ before, isTheSame, after: tollgate.instrumented, refusal, rows })}\n`);
}

void main();
