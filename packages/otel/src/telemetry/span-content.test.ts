import type { Attributes } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { DETAILS, OPTIONS, RECORD, STANDING, START } from './call-fixture.ts';
import { createTelemetry, type Telemetry } from './create-telemetry.ts';
import type { CallDetails, SpanContent } from './telemetry.ts';

const DENIAL: CallDetails = {
  ...DETAILS,
  denial: { reason: 'exhausted', standing: STANDING, message: 'agent-day is exhausted' },
};
const DENIED = { ...RECORD, outcome: 'denied' } as const;

interface Bench {
  telemetry: Telemetry;
  tracer: ReturnType<TracerProvider['getTracer']>;
  spans: () => ReadableSpan[];
}

function bench(sampler?: Sampler): Bench {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
    ...(sampler !== undefined && { sampler }),
  });
  const tracer = provider.getTracer('test');
  const signals = { tracer: () => tracer, meter: () => undefined };
  const telemetry = createTelemetry({ ...OPTIONS, signals, log: () => {} });
  return { telemetry, tracer, spans: () => exporter.getFinishedSpans() };
}

/** Says what it is asked for, and notes that it was. */
function content(): SpanContent & { asked: string[]; now: string } {
  const asked: string[] = [];
  return {
    asked,
    now: 'first',
    input() {
      asked.push('input');
      return { 'gen_ai.input.messages': this.now };
    },
    output() {
      asked.push('output');
      return { 'gen_ai.output.messages': 'answer' };
    },
    drop: () => void asked.push('drop'),
  };
}

function saidOn(span: { attributes: Attributes } | undefined): unknown[] {
  return ['gen_ai.input.messages', 'gen_ai.output.messages'].map((key) => span?.attributes[key]);
}

describe('the content of a call', () => {
  it('is read when the call is sent, and once', () => {
    const { telemetry, spans } = bench();
    const said = content();
    const span = telemetry.open({ ...START, content: said });
    span.run(() => {});
    said.now = 'later';
    span.run(() => {});
    span.end(RECORD, DETAILS);
    expect(saidOn(spans()[0])).toEqual(['first', 'answer']);
    expect(said.asked).toEqual(['input', 'output']);
  });

  it('is not read for a span that is not recorded', () => {
    const { telemetry, spans } = bench(new AlwaysOffSampler());
    const said = content();
    const span = telemetry.open({ ...START, content: said });
    span.run(() => {});
    span.end(RECORD, DETAILS);
    expect([said.asked, spans()]).toEqual([[], []]);
  });

  it('of a refused call is what was asked, and of like ones that are held back nothing', () => {
    const { telemetry, spans } = bench();
    const [told, held] = [content(), content()];
    telemetry.open({ ...START, content: told }).end(DENIED, DENIAL);
    telemetry.open({ ...START, content: held }).end(DENIED, DENIAL);
    expect(saidOn(spans()[0])).toEqual(['first', undefined]);
    expect(told.asked).toEqual(['input']);
    expect(held.asked).toEqual(['drop']);
  });

  it('joins what an emitter has said on its span, and takes the place of nothing', () => {
    const { telemetry, tracer, spans } = bench();
    const foreign = tracer.startSpan('chat', { attributes: { 'gen_ai.input.messages': 'theirs' } });
    const span = telemetry.open({ ...START, foreign, content: content() });
    span.run(() => {});
    foreign.end();
    span.end(RECORD, DETAILS);
    expect(saidOn(spans()[0])).toEqual(['theirs', 'answer']);
  });

  it('does not keep a span from ending where it cannot be read', () => {
    const { telemetry, spans } = bench();
    const broken = (): never => {
      throw new Error('no');
    };
    const span = telemetry.open({ ...START, content: { input: broken, output: broken, drop: broken } });
    expect(span.run(() => 'sent')).toBe('sent');
    span.end(RECORD, DETAILS);
    expect(spans()[0]?.attributes['gen_ai.usage.cost.currency']).toBe('USD');
  });
});
