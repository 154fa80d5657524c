import type Anthropic from '@anthropic-ai/sdk';
import type * as Api from '@opentelemetry/api';
import type { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import type { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { NodeSDK } from '@opentelemetry/sdk-node';
import type * as Plugin from '@tollgate/otel';
import type OpenAI from 'openai';
import { answer, settings } from './settings.ts';

/** When the app starts its own NodeSDK, and for which signals. */
export interface OrderSettings {
  order: 'before' | 'after' | 'after-first-call' | 'never';
  signals: 'both' | 'traces' | 'metrics';
  openaiBaseUrl: string;
  anthropicBaseUrl: string;
  /** The app's own OTLP endpoint. Ours is the one in the environment. */
  appEndpoint: string;
}

/** What this app saw. */
export interface OrderAnswer {
  isSecondHandleTheSame: boolean;
  /** The registered providers are those that the app has registered, or none. */
  isGlobalTheApps: { traces: boolean; metrics: boolean };
  nanoUsd: number;
  calls: number;
}

/** Where a NodeSDK keeps what it has registered. */
interface Started {
  _tracerProvider?: object;
  _meterProvider?: object;
}

type ApiPart = Pick<typeof Api, 'trace' | 'metrics' | 'ProxyTracerProvider' | 'createNoopMeter'>;

interface Packages {
  api: ApiPart;
  sdk: {
    NodeSDK: typeof NodeSDK;
    OTLPTraceExporter: typeof OTLPTraceExporter;
    OTLPMetricExporter: typeof OTLPMetricExporter;
    PeriodicExportingMetricReader: typeof PeriodicExportingMetricReader;
  };
  tollgate: typeof Plugin;
  OpenAI: typeof OpenAI;
  Anthropic: typeof Anthropic;
}

/** One program in every order and in both module formats: two rounds of calls, each beneath a span of the app's. */
export async function runOrder({ api, sdk, tollgate, OpenAI, Anthropic }: Packages): Promise<void> {
  const given = settings() as OrderSettings;
  // Both clients are there before register() is: they are to be caught all the same.
  const openai = new OpenAI({ apiKey: 'sim', baseURL: given.openaiBaseUrl });
  const anthropic = new Anthropic({ apiKey: 'sim', baseURL: given.anthropicBaseUrl });
  const own = given.order === 'never' ? undefined : appSdk(sdk, given);

  if (given.order === 'before') own?.start();
  const handle = tollgate.register({
    serviceName: 'plugin',
    hosts: {
      [new URL(given.openaiBaseUrl).host]: 'openai',
      [new URL(given.anthropicBaseUrl).host]: 'anthropic',
    },
    budgets: [{ name: 'all', limit: { usd: 5 }, window: 'day' }],
  });
  if (given.order === 'after') own?.start();
  await round('first');
  if (given.order === 'after-first-call') own?.start();
  await round('second');

  const isGlobalTheApps = compare(globals(api), own);
  await handle.flush();
  const isSecondHandleTheSame = tollgate.register({ mode: 'off' }) === handle;
  await own?.shutdown();
  await handle.shutdown();
  answer({
    isSecondHandleTheSame,
    isGlobalTheApps,
    ...totals(handle),
  } satisfies OrderAnswer);

  function round(name: string): Promise<void> {
    const messages = [{ role: 'user' as const, content: `the ${name} question` }];
    return tollgate.withAgent(name, () =>
      api.trace.getTracer('app').startActiveSpan(`app ${name}`, async (span) => {
        await openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 20, messages });
        await anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 20, messages });
        span.end();
      }),
    );
  }
}

function appSdk(sdk: Packages['sdk'], { appEndpoint, signals }: OrderSettings): NodeSDK {
  const spans = new sdk.OTLPTraceExporter({ url: `${appEndpoint}/v1/traces` });
  const reader = new sdk.PeriodicExportingMetricReader({
    exporter: new sdk.OTLPMetricExporter({ url: `${appEndpoint}/v1/metrics` }),
  });
  return new sdk.NodeSDK({
    serviceName: 'app',
    ...(signals === 'metrics' ? { spanProcessors: [] } : { traceExporter: spans }),
    metricReaders: signals === 'traces' ? [] : [reader],
    logRecordProcessors: [],
  });
}

function totals(handle: Plugin.Tollgate): Pick<OrderAnswer, 'nanoUsd' | 'calls'> {
  const [row] = handle.usage();
  return { nanoUsd: row?.nanoUsd ?? 0, calls: row?.calls ?? 0 };
}

function compare(registered: ReturnType<typeof globals>, own: NodeSDK | undefined): OrderAnswer['isGlobalTheApps'] {
  const { _tracerProvider: traces, _meterProvider: metrics } = (own ?? {}) as Started;
  return { traces: registered.traces === traces, metrics: registered.metrics === metrics };
}

/** The registered providers themselves; undefined where the API answers with its own stand-ins. */
function globals(api: ApiPart): { traces: object | undefined; metrics: object | undefined } {
  const registered = api.trace.getTracerProvider() as { getDelegate?(): object };
  const delegate = registered.getDelegate?.() ?? registered;
  const isNoop = delegate === new api.ProxyTracerProvider().getDelegate();
  const metrics = api.metrics.getMeterProvider();
  const isNoopMeter = metrics.getMeter('probe') === api.createNoopMeter();
  return { traces: isNoop ? undefined : delegate, metrics: isNoopMeter ? undefined : metrics };
}
