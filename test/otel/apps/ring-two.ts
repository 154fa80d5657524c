import { metrics, trace } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace';
import {
  BudgetExceededError,
  budgetSpanProcessor,
  register,
  type RegisterOptions,
  type Standing,
} from '@tollgate/otel';
import { bareCall } from './bare-call.ts';
import { answer, settings } from './settings.ts';
import { startRecorder, type EndedSpan } from './span-recorder.ts';

/** What the app with foreign emitters is told. */
export interface RingTwoSettings {
  /**
   * How our processor gets into the app's provider: `official` by the app itself, `probed` by us, `hidden` not at all; or
   * the app samples nothing (`unsampled`); or the provider is ours (`own`).
   */
  setUp: 'official' | 'probed' | 'hidden' | 'unsampled' | 'own';
  acts: Act[];
  options: RegisterOptions;
  openaiBaseUrl: string;
  anthropicBaseUrl: string;
}

/** `bare`: a tracer that wraps a `fetch` of its own; the others are SDKs that ring 1 has hooked. */
type Act = 'bare' | 'openai' | 'anthropic';

/** What it saw. */
export interface RingTwoAnswer {
  /** What came of each act: `ok`, or why it was refused. */
  ends: string[];
  /** The highest number of calls that were reserved at once while a request was under way, by act. */
  reserved: number[];
  /** The budgets before each export, in order. */
  snapshots: Standing[][];
  nanoUsd: number;
  assumedNanoUsd: number;
  instrumented: { module: string; state: string; why?: string | undefined }[];
  spans: EndedSpan[];
}

const { setUp, acts, options, openaiBaseUrl, anthropicBaseUrl } = settings() as RingTwoSettings;
const { processor, spans } = startRecorder();
if (setUp !== 'own') startAppSdk();
const handle = register({
  ...options,
  otel: setUp === 'own' ? 'own' : 'auto',
  hosts: { [new URL(openaiBaseUrl).host]: 'openai', [new URL(anthropicBaseUrl).host]: 'anthropic' },
});
const { OpenAI } = await import('openai');
const { Anthropic } = await import('@anthropic-ai/sdk');

let mostReserved = 0;
const snapshots: Standing[][] = [];
const settingsOfSdk = { apiKey: 'sim', maxRetries: 0, fetch: watchedFetch };
const openai = new OpenAI({ ...settingsOfSdk, baseURL: openaiBaseUrl });
const anthropic = new Anthropic({ ...settingsOfSdk, baseURL: anthropicBaseUrl });
const messages = [{ role: 'user' as const, content: 'a question' }];
const ACTS: { readonly [A in Act]: () => Promise<unknown> } = {
  bare: () => bareCall(openaiBaseUrl, watchedFetch),
  openai: () => openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 20, messages }),
  anthropic: () => anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 20, messages }),
};

const ends: string[] = [];
const reserved: number[] = [];
for (const act of acts) {
  mostReserved = 0;
  ends.push(
    await ACTS[act]().then(
      () => 'ok',
      (error: unknown) => (BudgetExceededError.is(error) ? (error as BudgetExceededError).reason : String(error)),
    ),
  );
  reserved.push(mostReserved);
}
await exportNow();
const rows = handle.usage();
answer({
  ends,
  reserved,
  snapshots,
  nanoUsd: rows.reduce((sum, row) => sum + row.nanoUsd, 0),
  assumedNanoUsd: rows.reduce((sum, row) => sum + row.assumedNanoUsd, 0),
  instrumented: handle.instrumented,
  spans,
} satisfies RingTwoAnswer);

function startAppSdk(): void {
  const reader = new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() });
  const sdk = new NodeSDK({
    spanProcessors: setUp === 'official' ? [budgetSpanProcessor(), processor] : [processor],
    metricReaders: [reader],
    logRecordProcessors: [],
    ...(setUp === 'unsampled' && { sampler: new AlwaysOffSampler() }),
  });
  sdk.start();
  if (setUp === 'hidden') hideProvider();
}

/** As a wrapper of another vendor's would: what is registered gives tracers, and shows nothing else. */
function hideProvider(): void {
  const { _tracerProvider: inner } = trace as unknown as { _tracerProvider?: object };
  const real = trace.getTracerProvider();
  const delegate = (inner as { getDelegate(): typeof real } | undefined)?.getDelegate() ?? real;
  trace.disable();
  trace.setGlobalTracerProvider({ getTracer: (...scope) => delegate.getTracer(...scope) });
}

/** Looks at the ledger, and exports it, while the request is under way. */
async function watchedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const calls = handle.budgets().map((standing) => standing.reserved.calls ?? 0);
  mostReserved = Math.max(mostReserved, ...calls);
  await exportNow();
  return fetch(url, init);
}

async function exportNow(): Promise<void> {
  snapshots.push(handle.budgets());
  await (metrics.getMeterProvider() as { forceFlush?(): Promise<void> }).forceFlush?.();
}
