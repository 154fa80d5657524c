import { context, ROOT_CONTEXT, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace';
import { emptyUsage, type CallRecord } from '@tollgate/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgetSpanProcessor, giveBackLost } from './budget-span-processor.ts';
import { attachToProvider, recordAllSpans } from './ring2/attach.ts';
import { bindRingTwo, ringTwoState, takeOverSpan } from './ring2/open-spans.ts';
import type { RingTwo, SpanCall, SpanOutcome } from './ring2/ring-two.ts';
import { spanUsage } from './ring2/span-usage.ts';
import { spendAttributes } from './telemetry/call-attributes.ts';

const RECORD: CallRecord = {
  id: 'call-1',
  startedAt: 0,
  endedAt: 1,
  at: { agent: 'triager' },
  provider: 'anthropic',
  requestModel: 'claude-5',
  operation: 'chat',
  outcome: 'ok',
  attempts: 1,
  usage: emptyUsage(),
  cost: { nanoUsd: 5000, state: 'reported', origin: 'table', usage: emptyUsage(), breakdown: {}, flags: [] },
};

const UNSAID = { serviceTier: undefined, speed: undefined, geo: undefined };

class BudgetExceeded extends Error {
  readonly code = 'BUDGET_EXCEEDED';
}

let admitted: SpanCall[];
let settled: SpanOutcome[];
let released: string[];
let faults: unknown[];
let hooked: Set<string>;
let limit: number;

function ring(): RingTwo {
  return {
    ownedByRingOne: (scope) => hooked.has(scope),
    spanIn: (of) => trace.getSpan(of),
    usageOf: spanUsage,
    admit(call) {
      if (admitted.length >= limit) throw new BudgetExceeded('agent-day is exhausted');
      admitted.push(call);
      let isSettled = false;
      return {
        settle(outcome) {
          if (isSettled) return undefined;
          isSettled = true;
          settled.push(outcome);
          return { attributes: spendAttributes(RECORD, true) };
        },
        release: () => released.push(call.model),
      };
    },
    isMetering: () => true,
    report: (_where, fault) => faults.push(fault),
  };
}

let exporter: InMemorySpanExporter;
let clock: number;

function provider(options: ConstructorParameters<typeof TracerProvider>[0] = {}): TracerProvider {
  const spanProcessors = [budgetSpanProcessor(() => clock), new SimpleSpanProcessor({ exporter })];
  return new TracerProvider({ spanProcessors, ...options });
}

function start(attributes: Attributes, scope = 'emitter', parent: Context = ROOT_CONTEXT): Span {
  return provider().getTracer(scope).startSpan('span', { attributes }, parent);
}

const under = (span: Span): Context => trace.setSpan(ROOT_CONTEXT, span);
const CHAT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'anthropic',
  'gen_ai.request.model': 'claude-5',
};
const finished = (): readonly ReadableSpan[] => exporter.getFinishedSpans();

beforeEach(() => {
  [admitted, settled, released, faults, hooked, limit, clock] = [[], [], [], [], new Set(), Infinity, 0];
  exporter = new InMemorySpanExporter();
  bindRingTwo(ring());
});

afterEach(() => {
  ringTwoState.open.clear();
  bindRingTwo(undefined);
  context.disable();
});

describe('an inference span of another emitter', () => {
  it('is reserved for at its start, and settled and stamped with its cost at its end', () => {
    const span = start({ ...CHAT, 'gen_ai.agent.name': 'triager', 'gen_ai.request.max_tokens': 300 });
    expect(admitted).toEqual([
      {
        operation: 'chat',
        provider: 'anthropic',
        model: 'claude-5',
        at: { agent: 'triager' },
        outputCap: 300,
        attributes: { ...CHAT, 'gen_ai.agent.name': 'triager', 'gen_ai.request.max_tokens': 300 },
      },
    ]);
    expect(settled).toEqual([]);
    span.setAttributes({
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.response.model': 'claude-5-1',
    });
    span.end();
    expect(settled).toEqual([
      {
        usage: { ...emptyUsage(), input: 100, output: 7 },
        flags: [],
        served: UNSAID,
        responseModel: 'claude-5-1',
        error: undefined,
        isLost: false,
      },
    ]);
    expect(finished()[0]?.attributes).toEqual({
      ...CHAT,
      'gen_ai.agent.name': 'triager',
      'gen_ai.request.max_tokens': 300,
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.response.model': 'claude-5-1',
      'tollgate.call.id': 'call-1',
      'tollgate.attempts': 1,
      'tollgate.usage.state': 'reported',
      'tollgate.metered': true,
      'gen_ai.usage.cost.amount': 0.000005,
      'gen_ai.usage.cost.currency': 'USD',
      'gen_ai.usage.cost.source': 'local',
      'tollgate.cost.origin': 'table',
    });
  });

  it('does not start when it would go over: the same error comes out of startSpan', () => {
    limit = 1;
    start(CHAT).end();
    expect(() => start(CHAT)).toThrow(BudgetExceeded);
    expect(() => start({ 'gen_ai.operation.name': 'invoke_agent' })).not.toThrow();
    expect(settled).toHaveLength(1);
  });

  it('gives its reservation back after 10 minutes without an end, charged as unknown', () => {
    const span = start(CHAT);
    giveBackLost(599_999);
    expect(settled).toEqual([]);
    giveBackLost(600_000);
    span.end();
    expect(settled).toEqual([
      { usage: undefined, flags: [], served: UNSAID, responseModel: undefined, error: undefined, isLost: true },
    ]);
    expect(finished()[0]?.attributes).toEqual(CHAT);
  });

  it('is not doubled by the span of another emitter beneath it, whose usage counts where it has none', () => {
    const outer = start({ 'openinference.span.kind': 'LLM', 'llm.model_name': 'claude-5', 'llm.system': 'anthropic' });
    const between = start({ 'openinference.span.kind': 'CHAIN' }, 'emitter', under(outer));
    const inner = start(CHAT, 'com.anthropic.sdk.typescript', under(between));
    inner.setAttributes({ 'gen_ai.usage.input_tokens': 3, 'gen_ai.usage.output_tokens': 4 });
    for (const span of [inner, between, outer]) span.end();
    expect(admitted.map(({ operation, provider: by, model }) => [operation, by, model])).toEqual([
      ['chat', 'anthropic', 'claude-5'],
    ]);
    expect(settled.map(({ usage }) => usage)).toEqual([{ ...emptyUsage(), input: 3, output: 4 }]);
    const metered = finished().map((span) => span.attributes['tollgate.metered']);
    expect(metered).toEqual([true, undefined, true]);
  });

  it('is left to ring 1 where the SDK is hooked, and marked as counted', () => {
    hooked.add('com.anthropic.sdk.typescript');
    start(CHAT, 'com.anthropic.sdk.typescript').end();
    start(CHAT, '@tollgate/otel').end();
    expect(admitted).toEqual([]);
    expect(finished().map((span) => span.attributes['tollgate.metered'])).toEqual([true, undefined]);
  });

  it('gives its reservation to an instrumented call beneath it', () => {
    const span = start(CHAT);
    takeOverSpan(span)?.release();
    expect(released).toEqual(['claude-5']);
    expect(takeOverSpan(span)).toBeUndefined();
    span.end();
    expect(settled).toEqual([]);
    expect(finished()[0]?.attributes['tollgate.metered']).toBe(true);
  });

  it('passes while nothing is registered, and is judged from then on by a processor that was there before', () => {
    bindRingTwo(undefined);
    const before = start(CHAT);
    bindRingTwo(ring());
    start(CHAT);
    before.end();
    expect(admitted).toHaveLength(1);
    expect(settled).toEqual([]);
  });

  it('is never harmed by a fault of ours', () => {
    const broken = (): never => {
      throw new TypeError('ours');
    };
    bindRingTwo({ ...ring(), admit: broken });
    start(CHAT).end();
    bindRingTwo({ ...ring(), ownedByRingOne: broken });
    start(CHAT).end();
    bindRingTwo({ ...ring(), admit: () => ({ settle: broken, release: broken }) });
    start(CHAT).end();
    expect(faults).toHaveLength(3);
    expect(finished()).toHaveLength(3);
  });
});

describe('a registered provider', () => {
  it('gets the processor first into its list, for tracers that exist too, once', () => {
    const plain = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    const tracer = plain.getTracer('emitter');
    limit = 0;
    expect(attachToProvider(plain, budgetSpanProcessor())).toBe('probed');
    expect(attachToProvider(plain, budgetSpanProcessor())).toBe('official');
    expect(() => tracer.startSpan('chat', { attributes: CHAT })).toThrow(BudgetExceeded);
    expect(finished()).toEqual([]);
  });

  it('has it already where the app has put it there', () => {
    expect(attachToProvider(provider(), budgetSpanProcessor())).toBe('official');
  });

  it('reserves once where two processors of ours are in one list', () => {
    const twice = provider({ spanProcessors: [budgetSpanProcessor(), budgetSpanProcessor()] });
    twice.getTracer('emitter').startSpan('chat', { attributes: CHAT }).end();
    expect([admitted.length, settled.length]).toEqual([1, 1]);
  });

  it('is left alone where its inside is not what we know', () => {
    const strange = [{}, { _activeSpanProcessor: {} }, { _activeSpanProcessor: { _spanProcessors: [null] } }];
    expect(strange.map((each) => attachToProvider(each, budgetSpanProcessor()))).toEqual(['off', 'off', 'off']);
    expect(recordAllSpans({})).toBe(false);
  });

  it('shows the processor also what its sampler drops, and exports nothing more', () => {
    const sampled = provider({ sampler: new AlwaysOffSampler() });
    expect(recordAllSpans(sampled)).toBe(true);
    limit = 1;
    sampled.getTracer('emitter').startSpan('chat', { attributes: CHAT }).end();
    expect(() => sampled.getTracer('emitter').startSpan('chat', { attributes: CHAT })).toThrow(BudgetExceeded);
    expect(finished()).toEqual([]);
  });
});
