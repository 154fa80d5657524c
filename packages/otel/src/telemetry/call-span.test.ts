import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { emptyUsage, type CallRecord } from '@tollgate/core';
import { afterEach, describe, expect, it } from 'vitest';
import { AT, DETAILS, OPTIONS, RECORD, STANDING, START } from './call-fixture.ts';
import { createTelemetry, type Telemetry, type TelemetryOptions } from './create-telemetry.ts';
import type { CallDetails } from './telemetry.ts';

const DENIED: CallRecord = {
  ...RECORD,
  outcome: 'denied',
  attempts: 0,
  responseModel: undefined,
  usage: emptyUsage(),
  cost: { nanoUsd: undefined, state: 'unknown', origin: 'none', usage: emptyUsage(), breakdown: {}, flags: [] },
};

const DENIAL: CallDetails = {
  ...DETAILS,
  responseId: undefined,
  finishReasons: [],
  timeToFirstChunk: undefined,
  serviceTier: undefined,
  outputCap: undefined,
  denial: { reason: 'exhausted', standing: STANDING, message: 'agent-day is exhausted' },
};

interface Bench {
  telemetry: Telemetry;
  lines: string[];
  spans: () => ReadableSpan[];
  values: () => Promise<Record<string, unknown[]>>;
  tracer: ReturnType<TracerProvider['getTracer']>;
}

function bench(options: Partial<TelemetryOptions> = {}): Bench {
  const spanExporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spanExporter })] });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const tracer = tracerProvider.getTracer('test');
  const meter = meterProvider.getMeter('test');
  const lines: string[] = [];
  const telemetry = createTelemetry({
    signals: { tracer: () => tracer, meter: () => meter },
    ...OPTIONS,
    log: (line) => lines.push(line),
    ...options,
  });
  return { telemetry, lines, tracer, spans: () => spanExporter.getFinishedSpans(), values: () => valuesOf(reader) };
}

/** name → the values of its series. */
async function valuesOf(reader: PeriodicExportingMetricReader): Promise<Record<string, unknown[]>> {
  const { resourceMetrics } = await reader.collect();
  const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  return Object.fromEntries(
    all.map((metric) => [metric.descriptor.name, metric.dataPoints.map((point) => point.value)]),
  );
}

const ATTRIBUTION = {
  'gen_ai.agent.name': 'triager',
  'tollgate.task.id': 'T-1',
  'tollgate.task.type': 'triage',
  'tollgate.step.name': 'classify',
  'user.id': 'u-1',
  'session.id': 's-1',
  'tollgate.team': 'support',
};

const CREATION = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.request.temperature': 0.5,
  'server.address': 'api.openai.com',
  'server.port': 443,
  'tollgate.call.id': 'call-1',
  ...ATTRIBUTION,
};

const SPEND = {
  'tollgate.attempts': 2,
  'tollgate.usage.state': 'reported',
  'tollgate.unpriced.reason': 'tier_unknown',
  'tollgate.metered': true,
  'gen_ai.usage.cost.amount': 0.001234567,
  'gen_ai.usage.cost.currency': 'USD',
  'gen_ai.usage.cost.source': 'local',
  'tollgate.cost.input': 0.001,
  'tollgate.cost.cache_read': 0.000004567,
  'tollgate.cost.output': 0.0002,
  'tollgate.cost.reasoning': 0.00003,
  'tollgate.cost.origin': 'table',
  'tollgate.price_table.version': '2026-11-20',
};

afterEach(() => {
  context.disable();
});

describe('the span of a call', () => {
  it('carries who it is for, what was used and what it cost', () => {
    const { telemetry, spans } = bench();
    const span = telemetry.open(START);
    expect(span.run(() => 'sent')).toBe('sent');
    span.attempt({ number: 1, status: 429, error: undefined });
    span.attempt({ number: 2, status: 200, error: undefined });
    span.end(RECORD, DETAILS);
    span.end(RECORD, DETAILS);
    const [call, ...more] = spans();
    expect(more).toEqual([]);
    expect(call?.name).toBe('chat gpt-5');
    expect(call?.kind).toBe(2);
    expect(call?.duration).toEqual([1, 500_000_000]);
    expect(call?.status).toEqual({ code: 0 });
    expect(call?.events.map((event) => [event.name, event.attributes])).toEqual([
      ['tollgate.attempt', { 'http.request.resend_count': 1, 'http.response.status_code': 200 }],
    ]);
    expect([span.traceId, span.spanId]).toEqual([call?.spanContext().traceId, call?.spanContext().spanId]);
    expect(call?.attributes).toEqual({
      ...CREATION,
      ...SPEND,
      'gen_ai.usage.input_tokens': 155,
      'gen_ai.usage.output_tokens': 50,
      'gen_ai.usage.cache_read.input_tokens': 40,
      'gen_ai.usage.cache_write.input_tokens': 10,
      'gen_ai.usage.reasoning.output_tokens': 20,
      'gen_ai.usage.audio.input_tokens': 5,
      'gen_ai.response.model': 'gpt-5-2026-08-01',
      'gen_ai.response.id': 'resp-1',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'openai.response.service_tier': 'default',
      'tollgate.output_cap': 512,
    });
  });

  it('keeps the tokens of a call whose price is not known', () => {
    const { telemetry, spans } = bench({ metrics: 'collector' });
    const span = telemetry.open({ ...START, at: {}, params: {}, server: undefined });
    span.run(() => undefined);
    const cost = { ...RECORD.cost, nanoUsd: undefined, state: 'unknown' as const, flags: ['unknown_model'] };
    span.end({ ...RECORD, cost }, { ...DENIAL, denial: undefined });
    expect(spans()[0]?.attributes).toMatchObject({
      'gen_ai.usage.input_tokens': 155,
      'gen_ai.usage.output_tokens': 50,
    });
    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.usage.cost.amount');
  });

  it('says nothing about cost and tokens where they are not known', () => {
    const { telemetry, spans } = bench({ metrics: 'collector' });
    const span = telemetry.open({ ...START, at: {}, params: {}, server: undefined });
    span.run(() => undefined);
    const record = {
      ...RECORD,
      at: {},
      attempts: 1,
      outcome: 'error' as const,
      responseModel: undefined,
      cost: { ...DENIED.cost, flags: ['no_usage'] },
      assumedNanoUsd: 7,
    };
    span.end(record, { ...DENIAL, denial: undefined, error: { type: '500', message: undefined } });
    expect(spans()[0]?.status).toEqual({ code: 2 });
    expect(spans()[0]?.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5',
      'tollgate.call.id': 'call-1',
      'tollgate.attempts': 1,
      'tollgate.usage.state': 'unknown',
      'tollgate.unpriced.reason': 'no_usage',
      'error.type': '500',
    });
  });

  it('tells of denials that are still held back when everything is flushed, once, under the labels that each has', () => {
    const { telemetry, spans } = bench();
    const critic = { ...DENIED, at: { ...DENIED.at, agent: 'critic' } };
    for (const record of [DENIED, DENIED, DENIED, critic, critic]) telemetry.open(START).end(record, DENIAL);
    expect(spans()).toHaveLength(2);
    telemetry.tellHeld();
    telemetry.tellHeld();
    expect(spans().map(({ attributes }) => attributes['tollgate.suppressed'])).toEqual([
      undefined,
      undefined,
      1,
      undefined,
    ]);
  });

  it('says that the app gave the call up, which nothing else tells', () => {
    const { telemetry, spans } = bench();
    telemetry.open(START).end({ ...RECORD, outcome: 'aborted' }, DETAILS);
    telemetry.open(START).end(RECORD, DETAILS);
    expect(spans().map(({ attributes }) => attributes['tollgate.call.outcome'])).toEqual(['aborted', undefined]);
  });

  it('shows one of many like denials in 10 s, with how the account stood and how many were held back', async () => {
    const { telemetry, spans, lines, values } = bench();
    for (const seconds of [0, 1, 9, 10.5]) {
      const endedAt = START.startedAt + seconds * 1000;
      telemetry.open(START).end({ ...DENIED, startedAt: endedAt, endedAt }, DENIAL);
    }
    const shown = {
      ...CREATION,
      'tollgate.attempts': 0,
      'tollgate.usage.state': 'unknown',
      'tollgate.metered': true,
      'error.type': 'budget_exceeded',
      'tollgate.denial.reason': 'exhausted',
      'tollgate.denial.budget': 'agent-day',
      'tollgate.denial.account': ['agent=triager'],
      'tollgate.denial.window': '2026-11-24',
      'tollgate.denial.unit': 'usd',
      'tollgate.denial.limit': 2,
      'tollgate.denial.spent': 1.999999999,
      'tollgate.denial.reserved': 1e-9,
      'tollgate.denial.resets_at': Date.UTC(2026, 10, 25) / 1000,
    };
    expect(spans().map((span) => span.attributes)).toEqual([shown, { ...shown, 'tollgate.suppressed': 2 }]);
    expect(spans()[0]?.status).toEqual({ code: 2, message: 'agent-day is exhausted' });
    expect(lines).toEqual(['agent-day is exhausted', 'agent-day is exhausted (and 2 like it before)']);
    expect((await values())['tollgate.calls']).toEqual([4]);
  });

  it('enriches a foreign span, and neither doubles nor ends it', () => {
    const { telemetry, spans, tracer } = bench();
    const foreign = tracer.startSpan('anthropic.messages.create', { attributes: { 'gen_ai.operation.name': 'chat' } });
    const span = telemetry.open({ ...START, foreign });
    span.run(() => undefined);
    span.end(RECORD, DETAILS);
    expect(foreign.isRecording()).toBe(true);
    foreign.end();
    expect(spans().map((each) => each.attributes)).toEqual([
      {
        'gen_ai.operation.name': 'chat',
        'tollgate.call.id': 'call-1',
        ...ATTRIBUTION,
        ...SPEND,
        'tollgate.output_cap': 512,
      },
    ]);
    span.end(RECORD, DETAILS);
  });

  it('holds a foreign span that its emitter ends before the call is over, and adds what the emitter has not said', () => {
    const { telemetry, spans, tracer } = bench();
    const foreign = tracer.startSpan('anthropic.messages.create', {
      startTime: START.startedAt,
      attributes: { 'gen_ai.usage.input_tokens': 7 },
    });
    const span = telemetry.open({ ...START, foreign });
    foreign.end(START.startedAt + 5);
    expect(spans()).toEqual([]);
    span.end(RECORD, DETAILS);
    expect(spans().map(({ attributes, endTime }) => [attributes, endTime])).toEqual([
      [
        expect.objectContaining({ ...SPEND, 'gen_ai.usage.input_tokens': 7, 'gen_ai.response.id': 'resp-1' }),
        [START.startedAt / 1000, 5e6],
      ],
    ]);
  });

  it('keeps faults of a tracer and of a meter away from the app, and counts them', async () => {
    const broken = bench();
    const meter = new MeterProvider().getMeter('test');
    const failing = {
      tracer: () => {
        throw new Error('no tracer');
      },
      meter: () => meter,
    };
    const { telemetry } = bench({ signals: failing });
    const span = telemetry.open(START);
    expect(span.run(() => 'sent')).toBe('sent');
    span.end(RECORD, DETAILS);
    expect(() =>
      telemetry.openScope({ kind: 'step', name: 's', at: AT }).run(() => {
        throw new Error("the app's own");
      }),
    ).toThrow("the app's own");
    broken.telemetry.faults.report('test', new Error('x'));
    expect((await broken.values())['tollgate.internal.errors']).toEqual([1]);
  });
});

describe('the span of a scope', () => {
  it('nests without a context manager, and ends with what was spent beneath it', () => {
    const { telemetry, spans } = bench();
    const task = telemetry.openScope({ kind: 'task', name: 'triage', at: { task: 'T-1', taskType: 'triage' } });
    task.run(() => {
      const agent = telemetry.openScope({
        kind: 'invoke_agent',
        name: 'triager',
        at: { task: 'T-1', agent: 'triager' },
      });
      agent.run(() => {
        const span = telemetry.open(START);
        span.run(() => undefined);
        span.end(RECORD, DETAILS);
      });
      agent.end(undefined, { error: Object.assign(new Error('no'), { code: 'BUDGET_EXCEEDED' }) });
    });
    task.end(
      { nanoUsd: 5, assumedNanoUsd: 6, calls: 1, denied: 2, attempts: 3, inputTokens: 4, outputTokens: 5 },
      undefined,
    );
    const [call, agent, outer] = spans();
    expect([call, agent, outer].map((span) => span?.parentSpanContext?.spanId)).toEqual([
      agent?.spanContext().spanId,
      outer?.spanContext().spanId,
      undefined,
    ]);
    expect([agent?.name, outer?.name]).toEqual(['invoke_agent triager', 'task triage']);
    expect(agent?.attributes).toEqual({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'triager',
      'tollgate.task.id': 'T-1',
      'error.type': 'budget_exceeded',
    });
    expect(outer?.attributes).toEqual({
      'tollgate.task.id': 'T-1',
      'tollgate.task.type': 'triage',
      'tollgate.rollup.cost': 5e-9,
      'tollgate.rollup.cost.assumed': 6e-9,
      'tollgate.rollup.calls': 1,
      'tollgate.rollup.denied': 2,
      'tollgate.rollup.attempts': 3,
      'tollgate.rollup.input_tokens': 4,
      'tollgate.rollup.output_tokens': 5,
    });
  });

  it("belongs under the app's active span", () => {
    const { telemetry, spans, tracer } = bench();
    context.setGlobalContextManager(new AsyncLocalStorageContextManager());
    const outer = tracer.startSpan('http request');
    context.with(trace.setSpan(context.active(), outer), () => {
      telemetry.openScope({ kind: 'step', name: 'step', at: {} }).end(undefined, undefined);
    });
    expect(spans()[0]?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
    expect(spans()[0]?.name).toBe('step');
  });
});
