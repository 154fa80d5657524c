import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { register } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from './settings.ts';
import { startRecorder } from './span-recorder.ts';

// An app whose OpenAI client OpenInference has patched as well. Its packages are those of an on-demand project.
const { openaiBaseUrl } = settings();
const { processor, spans } = startRecorder();
new NodeSDK({ spanProcessors: [processor], metricReaders: [], logRecordProcessors: [] }).start();
const handle = register({
  hosts: { [new URL(openaiBaseUrl).host]: { provider: 'openai', includeUsage: true } },
  budgets: [{ name: 'calls', limit: { calls: 9 }, window: 'total' }],
});
new OpenAIInstrumentation().manuallyInstrument(OpenAI);

const reserved = [];
const openai = new OpenAI({
  apiKey: 'sim',
  baseURL: openaiBaseUrl,
  fetch: (url, init) => {
    reserved.push(handle.budgets()[0]?.reserved.calls);
    return fetch(url, init);
  },
});
const request = {
  model: 'gpt-4o-mini',
  max_tokens: 20,
  messages: [{ role: 'user', content: 'a traced question' }],
};
await openai.chat.completions.create(request);
for await (const chunk of await openai.chat.completions.create({ ...request, stream: true })) void chunk;
// The stream is teed, and the span that reads the other half ends on its own.
await new Promise((resolve) => {
  setTimeout(resolve, 50);
});
answer({
  reserved,
  spent: handle.budgets()[0]?.spent.calls,
  usage: handle.usage(),
  spans,
});
