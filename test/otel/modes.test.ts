import type { RegisterOptions } from '@tollgate/otel';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Attributes, ReceivedPoint } from './otlp-receiver.ts';
import { runPlain, type PlainRun } from './plain-app.ts';

/** Packages of OpenTelemetry that a process has loaded, but the API. */
function otelPackages({ loaded }: PlainRun): string[] {
  const names = loaded.map((file) => /^@opentelemetry\/[^/]+/.exec(file)?.[0]).filter((name) => name !== undefined);
  return [...new Set(names)].filter((name) => name !== '@opentelemetry/api');
}

/** Models of the inference spans: one per call, whoever has opened it. */
function calledModels({ spans }: PlainRun): string[] {
  const models = spans.map(({ attributes }) => attributes['gen_ai.request.model']);
  return models.filter((model) => typeof model === 'string').toSorted();
}

function tracingHeaders({ requests }: PlainRun): string[] {
  return requests.flatMap(({ headers }) => Object.keys(headers)).filter((name) => TRACING.includes(name));
}

/** What spans and metrics of a run say of their writer: the same. */
function onlyResource({ spans, points }: PlainRun): Attributes {
  const resources = [...spans, ...points].map(({ resource }) => resource);
  expect(new Set(resources.map((resource) => JSON.stringify(resource))).size, 'one writer').toBe(1);
  return resources[0] ?? {};
}

function seriesOf({ metric, attributes }: ReceivedPoint): string {
  return JSON.stringify([metric, attributes]);
}

/** A counter and a histogram. */
const RISING = ['tollgate.cost', 'tollgate.call.duration'];
const BOTH_MODELS = ['claude-haiku-4-5', 'gpt-4o-mini'];
/** Headers that only telemetry adds. */
const TRACING = ['traceparent', 'tracestate', 'baggage', 'b3'];

describe("otel: 'own'", () => {
  const attributes = { 'deployment.environment.name': 'prod', shard: 7 };
  const runOwn = (propagate: RegisterOptions['propagate']): Promise<PlainRun> =>
    runPlain({ options: { otel: 'own', serviceName: 'owner', attributes, propagate }, endpoint: true });
  let run: PlainRun;
  let another: PlainRun;
  beforeAll(async () => {
    [run, another] = await Promise.all([runOwn({ baggage: ['task', 'agent'] }), runOwn(false)]);
  });

  test('registers a NodeSDK whose exports have every call once', () => {
    expect(run.isAppTraced).toBe(true);
    expect(calledModels(run)).toEqual(BOTH_MODELS);
    expect(run.spans.map(({ name }) => name)).toContain('app work');
    expect(run.usage[0]).toMatchObject({ calls: 2, nanoUsd: run.billedNanoUsd });
  });

  test('adds no header to the request of a provider', () => {
    expect([...run.requests, ...another.requests]).toHaveLength(4);
    expect([...tracingHeaders(run), ...tracingHeaders(another)]).toEqual([]);
  });

  test('tells anybody else what it was asked to, and nothing else', () => {
    expect(run.carried).toEqual({ baggage: 'tollgate.task=T-1,tollgate.agent=asker' });
    expect(another.carried).toEqual({});
  });

  test('names service and instance on all that it exports, with the attributes that were asked for', () => {
    const resource = onlyResource(run);
    expect(resource).toMatchObject({ ...attributes, 'service.name': 'owner' });
    expect(resource['service.instance.id']).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
    expect(onlyResource(another)['service.instance.id']).not.toBe(resource['service.instance.id']);
  });

  test('tells neither the command line nor the owner of the process', () => {
    const resource = onlyResource(run);
    expect(resource['process.pid']).toBeTypeOf('number');
    expect(Object.keys(resource).filter((key) => /^process\.(command|owner)/.test(key))).toEqual([]);
  });

  test('sends a new series as two points, 0 and its value, in one request', () => {
    const rising = run.points.filter(({ metric }) => RISING.includes(metric));
    const series = new Set(rising.map(seriesOf));
    expect(series.size).toBeGreaterThanOrEqual(4);
    for (const key of series) {
      const [first, second] = rising.filter((point) => seriesOf(point) === key);
      expect(first).toMatchObject({ value: 0, request: second?.request, start: second?.start });
      expect(second?.value).toBeGreaterThan(0);
      expect(BigInt(first?.time ?? 0)).toBeLessThan(BigInt(second?.time ?? 0));
    }
  });
});

describe.concurrent('the environment', () => {
  test('names propagators: SDKs that trace themselves then send their trace to the provider, and nothing of ours', async () => {
    const run = await runPlain({
      options: { otel: 'own', propagate: { baggage: ['task', 'agent'] } },
      endpoint: true,
      env: { OTEL_PROPAGATORS: 'tracecontext,baggage' },
    });
    expect(tracingHeaders(run)).toEqual(['traceparent']);
    expect(run.carried['baggage']).toBe('tollgate.task=T-1,tollgate.agent=asker');
  });

  test("that says nothing of a protocol leaves OpenTelemetry's own: http/protobuf", async () => {
    const { exports } = await runPlain({
      options: { otel: 'own' },
      endpoint: true,
      env: { OTEL_EXPORTER_OTLP_PROTOCOL: '' },
    });
    expect(exports.map(({ path }) => path)).toEqual(expect.arrayContaining(['/v1/traces', '/v1/metrics']));
    expect(new Set(exports.map(({ contentType }) => contentType))).toEqual(new Set(['application/x-protobuf']));
  });

  test.each(['own', 'auto'] as const)("OTEL_TRACES_EXPORTER=none leaves metrics alone in otel: '%s'", async (otel) => {
    const run = await runPlain({ options: { otel }, endpoint: true, env: { OTEL_TRACES_EXPORTER: 'none' } });
    expect(run.spans).toEqual([]);
    expect(run.points.map(({ metric }) => metric)).toContain('tollgate.cost');
  });

  test.each(['own', 'auto'] as const)(
    "OTEL_SDK_DISABLED ends all telemetry of otel: '%s', and no budget",
    async (otel) => {
      const run = await runPlain({
        options: { otel, budgets: [{ name: 'one', limit: { calls: 1 }, window: 'total' }] },
        endpoint: true,
        env: { OTEL_SDK_DISABLED: 'true' },
      });
      expect(run.exports).toEqual([]);
      expect(run.isAppTraced).toBe(false);
      expect(run.refusals).toEqual(['exhausted']);
      expect(run.requests).toHaveLength(1);
    },
  );
});

describe.concurrent('without a provider of the app', () => {
  test("otel: 'auto' without an endpoint loads no file of an OpenTelemetry SDK and exports nothing", async () => {
    const run = await runPlain({ options: {}, endpoint: false });
    expect(run.loaded.filter((file) => file.startsWith('openai/')).length).toBeGreaterThan(1);
    expect(otelPackages(run)).toEqual([]);
    expect(run.usage[0]).toMatchObject({ calls: 2, nanoUsd: run.billedNanoUsd });
    expect(run.stderr).toBe('');
  });

  test.each(['attach', 'off'] as const)("otel: '%s' starts nothing, whatever endpoint there is", async (otel) => {
    const run = await runPlain({ options: { otel }, endpoint: true });
    expect(run.exports).toEqual([]);
    expect(otelPackages(run)).toEqual([]);
    expect(run.usage[0]).toMatchObject({ calls: 2, nanoUsd: run.billedNanoUsd });
  });

  test("otel: 'auto' with an endpoint exports every call, and registers nothing", async () => {
    const run = await runPlain({ options: { serviceName: 'auto', attributes: { shard: 7 } }, endpoint: true });
    expect(run.isAppTraced).toBe(false);
    expect(calledModels(run)).toEqual(BOTH_MODELS);
    expect(run.spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['task triage', 'invoke_agent asker']));
    expect(onlyResource(run)).toMatchObject({ 'service.name': 'auto', shard: 7 });
  });
});
