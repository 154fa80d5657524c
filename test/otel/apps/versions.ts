import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { BudgetExceededError, register, withAgent, type RegisterOptions, type Tollgate } from '@tollgate/otel';
import { bareCall } from './bare-call.ts';
import { answer, settings } from './settings.ts';
import { startRecorder, type EndedSpan } from './span-recorder.ts';

/** What the app is told that runs beside another version of OpenTelemetry. */
export interface VersionsSettings {
  /** Whether it starts a NodeSDK itself, before `register()`. */
  hasSdk: boolean;
  options: RegisterOptions;
  openaiBaseUrl: string;
}

/** What it saw. */
export interface VersionsAnswer {
  /** What came of a call through the SDK, one of a bare emitter, and one more of each. */
  ends: string[];
  /** Spans that its own processor got. */
  spans: EndedSpan[];
  usage: ReturnType<Tollgate['usage']>;
  instrumented: Tollgate['instrumented'];
}

const { hasSdk, options, openaiBaseUrl } = settings() as VersionsSettings;
const { processor, spans } = startRecorder();
if (hasSdk) {
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const configuration: Partial<NodeSDKConfiguration> = { spanProcessors: [processor], logRecordProcessors: [] };
  new NodeSDK(configuration).start();
}
const handle = register({ ...options, hosts: { [new URL(openaiBaseUrl).host]: 'openai' } });
const { OpenAI } = await import('openai');
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl, maxRetries: 0 });

const ends: string[] = [];
for (const act of [sdkCall, () => bareCall(openaiBaseUrl), sdkCall, () => bareCall(openaiBaseUrl)]) {
  ends.push(
    await withAgent('asker', act).then(
      () => 'ok',
      (error: unknown) => (BudgetExceededError.is(error) ? (error as BudgetExceededError).reason : String(error)),
    ),
  );
}
answer({ ends, spans, usage: handle.usage(), instrumented: handle.instrumented } satisfies VersionsAnswer);

async function sdkCall(): Promise<void> {
  await openai.chat.completions.create({
    model: 'gpt-4o-mini',
    max_tokens: 20,
    messages: [{ role: 'user', content: 'a question' }],
  });
}
