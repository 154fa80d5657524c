import { startProvider } from '@tollgate/provider-sim';
import { describe, expect, test } from 'vitest';
import type { OrderAnswer, OrderSettings } from './apps/run-order.ts';
import { startReceiver, type OtlpReceiver } from './otlp-receiver.ts';
import { ask } from './run-app.ts';

const ORDERS = ['before', 'after', 'after-first-call', 'never'] as const;
const FORMATS = ['mjs', 'cjs'] as const;
const EVERY_ORDER = FORMATS.flatMap((format) => ORDERS.map((order) => ({ format, order })));

/** Which exporter gets the two rounds of calls: the app's, or ours until the app has one. */
const ROUNDS = {
  before: ['/app', '/app'],
  after: ['/app', '/app'],
  'after-first-call': ['/ours', '/app'],
  never: ['/ours', '/ours'],
} as const;

describe.concurrent('beside a NodeSDK of the app', () => {
  test.each(EVERY_ORDER)('started $order register() ($format), spans and metrics go where they belong', async (at) => {
    await using seen = await run(at.format, { order: at.order, signals: 'both' });
    const [first, second] = ROUNDS[at.order];
    expect(seen.answer).toMatchObject({
      isSecondHandleTheSame: true,
      isGlobalTheApps: { traces: true, metrics: true },
      calls: 4,
      nanoUsd: seen.billed,
    });
    expect(callSpans(seen.receiver)).toEqual(perRound(first, second));
    expect(appSpans(seen.receiver)).toEqual(APP_SPANS[at.order]);
    expect(countedCalls(seen.receiver)).toEqual({ first: { [first]: 2 }, second: { [second]: 2 } });
  });

  test.each(FORMATS)('started by an app in which we are preloaded (%s), all goes to the app', async (format) => {
    await using seen = await run(format, { order: 'before', signals: 'both' }, true);
    expect(seen.answer).toMatchObject({ isGlobalTheApps: { traces: true, metrics: true }, nanoUsd: seen.billed });
    expect(callSpans(seen.receiver)).toEqual(perRound('/app', '/app'));
    expect(appSpans(seen.receiver)).toEqual(APP_SPANS.after);
    expect(countedCalls(seen.receiver)).toEqual({ first: { '/app': 2 }, second: { '/app': 2 } });
  });

  test('that has traces only, our metrics have an exporter of their own', async () => {
    await using seen = await run('mjs', { order: 'before', signals: 'traces' });
    expect(seen.answer.isGlobalTheApps).toEqual({ traces: true, metrics: true });
    expect(callSpans(seen.receiver)).toEqual(perRound('/app', '/app'));
    expect(countedCalls(seen.receiver)).toEqual({ first: { '/ours': 2 }, second: { '/ours': 2 } });
  });

  test('that has metrics only, our spans have an exporter of their own', async () => {
    await using seen = await run('mjs', { order: 'before', signals: 'metrics' });
    expect(seen.answer.isGlobalTheApps).toEqual({ traces: true, metrics: true });
    expect(callSpans(seen.receiver)).toEqual(perRound('/ours', '/ours'));
    expect(countedCalls(seen.receiver)).toEqual({ first: { '/app': 2 }, second: { '/app': 2 } });
  });
});

/** An app's spans go to its own exporter from the moment that it has one. */
const APP_SPANS = {
  before: ['/app: app first', '/app: app second'],
  after: ['/app: app first', '/app: app second'],
  'after-first-call': ['/app: app second'],
  never: [],
} as const;

interface Seen extends AsyncDisposable {
  answer: OrderAnswer;
  receiver: OtlpReceiver;
  billed: number;
}

async function run(
  format: string,
  how: Pick<OrderSettings, 'order' | 'signals'>,
  isPreloaded: boolean = false,
): Promise<Seen> {
  const receiver = await startReceiver();
  await using openai = await startProvider();
  await using anthropic = await startProvider();
  const answer = await ask<OrderAnswer>(`order.${format}`, {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/ours`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      TOLLGATE_HOSTS: `${new URL(openai.url).host}=openai,${new URL(anthropic.url).host}=anthropic`,
    },
    flags: isPreloaded ? ['--import', '@tollgate/otel/register'] : [],
    settings: {
      ...how,
      openaiBaseUrl: openai.openaiBaseUrl,
      anthropicBaseUrl: anthropic.anthropicBaseUrl,
      appEndpoint: `${receiver.url}/app`,
    } satisfies OrderSettings,
  });
  return {
    answer,
    receiver,
    billed: openai.bill.nanoUsd + anthropic.bill.nanoUsd,
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}

/** Inference spans, by channel, agent and model. */
function callSpans({ spans }: OtlpReceiver): string[] {
  return spans
    .filter(({ attributes }) => attributes['gen_ai.request.model'] !== undefined)
    .map(({ channel, attributes: at }) =>
      [`${channel}:`, at['gen_ai.agent.name'], at['gen_ai.request.model']].join(' '),
    )
    .toSorted();
}

function perRound(first: string, second: string): string[] {
  return ['gpt-4o-mini', 'claude-haiku-4-5']
    .flatMap((model) => [`${first}: first ${model}`, `${second}: second ${model}`])
    .toSorted();
}

function appSpans({ spans }: OtlpReceiver): string[] {
  return spans
    .filter(({ scope }) => scope === 'app')
    .map(({ channel, name }) => `${channel}: ${name}`)
    .toSorted();
}

/** What `tollgate.calls` came to in each channel, by agent. */
function countedCalls({ points }: OtlpReceiver): Record<string, Record<string, number>> {
  const last = new Map<string, { agent: string; channel: string; value: number }>();
  for (const { metric, channel, attributes, value } of points) {
    if (metric !== 'tollgate.calls') continue;
    const agent = String(attributes['gen_ai.agent.name']);
    last.set(JSON.stringify([channel, attributes]), { agent, channel, value });
  }
  const counted: Record<string, Record<string, number>> = {};
  for (const { agent, channel, value } of last.values()) {
    const byChannel = (counted[agent] ??= {});
    byChannel[channel] = (byChannel[channel] ?? 0) + value;
  }
  return counted;
}
