import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 30_000 });

// What an app does with us, in a process of its own: globals, exit codes and signals are what is tested here.
const SOURCE = new URL('./', import.meta.url);
const PRELUDE = `
  import { createTelemetry } from '${new URL('../telemetry/create-telemetry.ts', SOURCE).href}';
  import { createProviders } from '${new URL('providers.ts', SOURCE).href}';
  import { metrics, trace, propagation } from '@opentelemetry/api';
  const lines = [];
  const say = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
  const begin = (mode, more) => {
    const providers = createProviders({ mode, serviceName: 'support-bot', attributes: {}, propagates: false, version: '0.1.0', env: process.env,
      notice: (line) => say({ notice: line }), report: (where, fault) => say({ fault: where + ': ' + fault }), beforeFlush: () => {}, beforeEnd: () => {},
      onTracerProvider: () => say({ attached: true }), ...more });
    const telemetry = createTelemetry({ signals: providers, metrics: 'process', semconv: 'latest', labels: [], standings: () => [STANDING],
      budgetFacts: () => ({ window: 'day', mode: 'enforce' }), oldestReservation: () => undefined, store: () => ({ id: 'store-1', up: true }),
      priceTable: { version: 'v', madeAt: 0 }, version: '0.1.0', configErrors: 0, now: Date.now, log: () => {} });
    providers.start();
    return { providers, telemetry };
  };
  const STANDING = { budget: 'agent-day', account: {}, window: 'w', resetsAt: 9e12, asOf: 0, reach: 'process', store: 'store-1',
    limit: { nanoUsd: 2e9 }, spent: { nanoUsd: 1234567891 }, reserved: { nanoUsd: 5 }, remaining: {}, closed: false };
  const usage = { input: 10, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 5, reasoning: 0, audioIn: 0, audioCacheRead: 0, audioOut: 0, audioSeconds: 0, imageIn: 0, imageOut: 0, tools: {}, subCalls: [] };
  const call = ({ telemetry }, id = 'call') => {
    const start = { id, operation: 'chat', provider: 'openai', requestModel: 'gpt-5', at: { agent: 'triager' }, params: {}, server: undefined, startedAt: Date.now(), foreign: undefined };
    const span = telemetry.open(start);
    span.run(() => {});
    span.end({ ...start, endedAt: Date.now(), outcome: 'ok', attempts: 1, usage, cost: { nanoUsd: 1234567, state: 'reported', origin: 'table', usage, breakdown: {}, flags: [] } },
      { responseId: undefined, finishReasons: [], timeToFirstChunk: undefined, serviceTier: undefined, outputCap: undefined, error: undefined, denial: undefined });
  };
`;

interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  said: Record<string, unknown>[];
  stderr: string;
  /** From when the app said that it is ready (for its end) to the end of its process. */
  exitMs: number;
}

async function run(app: string, env: Record<string, string> = {}, signal?: NodeJS.Signals): Promise<Outcome> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('OTEL_')));
  const child = spawn(process.execPath, ['--conditions=@tollgate/source', '--input-type=module', '-e', PRELUDE + app], {
    cwd: new URL('../../', SOURCE),
    env: { ...clean, ...env },
  });
  let stdout = '';
  let stderr = '';
  let readyAt: number | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (readyAt !== undefined || !stdout.includes('"ready"')) return;
    readyAt = performance.now();
    if (signal !== undefined) child.kill(signal);
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const said = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, signal: killedBy, said, stderr, exitMs: performance.now() - (readyAt ?? 0) };
}

/** An OTLP/HTTP endpoint that keeps what it is sent (as JSON). */
interface Receiver {
  url: string;
  spans: () => OtlpSpan[];
  series: (name: string) => OtlpPoint[];
  resource: () => Record<string, unknown>;
  headers: string[];
}
interface OtlpValue {
  stringValue?: string;
  intValue?: number;
  doubleValue?: number;
  boolValue?: boolean;
}
interface OtlpSpan {
  name: string;
  attributes: { key: string; value: OtlpValue }[];
}
interface OtlpPoint {
  asDouble?: number;
  asInt?: number;
  startTimeUnixNano: string;
  timeUnixNano: string;
}
interface OtlpBody {
  resourceSpans?: {
    resource: { attributes: { key: string; value: OtlpValue }[] };
    scopeSpans: { spans: OtlpSpan[] }[];
  }[];
  resourceMetrics?: {
    resource: { attributes: { key: string; value: OtlpValue }[] };
    scopeMetrics: { metrics: Record<string, unknown>[] }[];
  }[];
}

const servers: (Server | ReturnType<typeof createTcpServer>)[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function receiver(): Promise<Receiver> {
  const bodies: OtlpBody[] = [];
  const headers: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(JSON.parse(Buffer.concat(chunks).toString()) as OtlpBody);
      headers.push(...Object.keys(request.headers));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  return {
    url: await listen(server),
    headers,
    spans: () =>
      bodies
        .flatMap((body) => body.resourceSpans ?? [])
        .flatMap((each) => each.scopeSpans.flatMap((scope) => scope.spans)),
    resource: () => {
      const all = bodies.flatMap((body) => [...(body.resourceSpans ?? []), ...(body.resourceMetrics ?? [])]);
      return Object.fromEntries(
        all.flatMap(({ resource }) => resource.attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
      );
    },
    series: (name) =>
      bodies
        .flatMap((body) => body.resourceMetrics ?? [])
        .flatMap((each) => each.scopeMetrics.flatMap((scope) => scope.metrics))
        .filter((metric) => metric['name'] === name)
        .flatMap((metric) => ((metric['sum'] ?? metric['gauge']) as { dataPoints: OtlpPoint[] }).dataPoints),
  };
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function deadPort(): Promise<string> {
  const server = createTcpServer();
  const url = await listen(server);
  server.close();
  return url;
}

const blackHole = (): Promise<string> => listen(createTcpServer(() => {}));
const json = (url: string): Record<string, string> => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
});

describe('auto', () => {
  it('exports spans and metrics where an endpoint is configured, registers nothing, and ends with the app', async () => {
    const to = await receiver();
    const app = await run(
      `const us = begin('auto'); call(us); call(us);
       say({ where: us.providers.where(), global: trace.getTracerProvider().getDelegate().constructor.name });`,
      json(to.url),
    );
    expect(app).toMatchObject({
      code: 0,
      stderr: '',
      said: [{ where: { traces: 'own', metrics: 'own' }, global: 'NoopTracerProvider' }],
    });
    expect(to.spans().map((span) => span.name)).toEqual(['chat gpt-5', 'chat gpt-5']);
    expect(to.series('tollgate.cost').map((point) => point.asDouble ?? point.asInt)).toEqual([0, 0.002469134]);
    expect(to.series('tollgate.budget.spent').map((point) => Math.round((point.asDouble ?? 0) * 1e9))).toEqual([
      1_234_567_891,
    ]);
    const { 'service.instance.id': instance, ...resource } = to.resource();
    expect(instance).toMatch(/^[0-9a-f-]{36}$/);
    expect(resource['service.name']).toBe('support-bot');
    expect(Object.keys(resource).filter((key) => /command|owner/.test(key))).toEqual([]);
  });

  it('loads and exports nothing where no endpoint is configured', async () => {
    const app = await run(
      `const us = begin('auto', { load: (name) => say({ loaded: name }) }); call(us); say(us.providers.where());`,
    );
    expect(app).toMatchObject({ code: 0, stderr: '', said: [{ traces: 'nowhere', metrics: 'nowhere' }] });
  });

  it('hands over to the providers of the app when it registers them, each signal by itself', async () => {
    const to = await receiver();
    const app = await run(
      `import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
       import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
       const us = begin('auto');
       call(us, 'before');
       const spans = new InMemorySpanExporter();
       trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }));
       call(us, 'traces');
       say(us.providers.where());
       const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
       const reader = new PeriodicExportingMetricReader({ exporter });
       metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
       call(us, 'both');
       say(us.providers.where());
       say(spans.getFinishedSpans().map((span) => span.attributes['tollgate.call.id']));
       const { resourceMetrics } = await reader.collect();
       say(resourceMetrics.scopeMetrics[0].metrics.find((m) => m.descriptor.name === 'tollgate.calls').dataPoints.map((p) => p.value));
       await reader.shutdown();`,
      json(to.url),
    );
    expect(app.said).toEqual([
      { attached: true },
      { traces: 'app', metrics: 'own' },
      { notice: expect.stringContaining('no service.instance.id') as string },
      { traces: 'app', metrics: 'app' },
      ['traces', 'both'],
      [1],
    ]);
    expect(to.spans()).toHaveLength(1);
    expect(to.series('tollgate.calls').map((point) => point.asInt ?? point.asDouble)).toEqual([0, 2]);
  });

  it('finds the providers of an app that registers in a later turn and makes no call of ours', async () => {
    const app = await run(
      `import { TracerProvider } from '@opentelemetry/sdk-trace';
       begin('auto');
       setTimeout(() => trace.setGlobalTracerProvider(new TracerProvider()), 100);
       setTimeout(() => {}, 1300);`,
    );
    expect(app.said).toEqual([{ attached: true }]);
  });

  it('honours OTEL_SDK_DISABLED and OTEL_*_EXPORTER=none', async () => {
    const to = await receiver();
    const app = `const us = begin('auto'); call(us); say(us.providers.where());`;
    const disabled = await run(app, { ...json(to.url), OTEL_SDK_DISABLED: 'true' });
    const noTraces = await run(app, { ...json(to.url), OTEL_TRACES_EXPORTER: 'none' });
    expect(disabled.said).toEqual([{ traces: 'nowhere', metrics: 'nowhere' }]);
    expect(noTraces.said).toEqual([{ traces: 'nowhere', metrics: 'own' }]);
    expect(to.spans()).toEqual([]);
  });

  it('says once what to install where the SDK is missing, and goes on', async () => {
    const app = await run(
      `const us = begin('auto', { load: () => undefined }); call(us); call(us); say({ done: true });`,
      json('http://127.0.0.1:9'),
    );
    expect(app).toMatchObject({
      code: 0,
      said: [{ notice: expect.stringContaining('npm i @opentelemetry/sdk-node') as string }, { done: true }],
    });
  });
});

describe('own', () => {
  it('registers a NodeSDK that exports the spans of the app too, and adds no header to any request', async () => {
    const to = await receiver();
    const app = await run(
      `import { context } from '@opentelemetry/api';
       const us = begin('own'); call(us);
       const span = trace.getTracer('app').startSpan('mine');
       const headers = {};
       propagation.inject(trace.setSpan(context.active(), span), headers);
       span.end();
       say({ headers });`,
      json(to.url),
    );
    expect(app).toMatchObject({ code: 0, stderr: '', said: [{ attached: true }, { headers: {} }] });
    expect(
      to
        .spans()
        .map((span) => span.name)
        .toSorted(),
    ).toEqual(['chat gpt-5', 'mine']);
    expect(to.series('tollgate.calls').map((point) => point.asInt ?? point.asDouble)).toEqual([0, 1]);
    expect(to.resource()['service.name']).toBe('support-bot');
    expect(Object.keys(to.resource()).filter((key) => /command|owner/.test(key))).toEqual([]);
  });

  it('starts nothing beside providers of the app', async () => {
    const app = await run(
      `import { TracerProvider } from '@opentelemetry/sdk-trace';
       const mine = new TracerProvider();
       trace.setGlobalTracerProvider(mine);
       const us = begin('own'); say(trace.getTracerProvider().getDelegate() === mine);`,
    );
    expect(app.said).toEqual([
      { notice: expect.stringContaining('starts nothing') as string },
      { attached: true },
      true,
    ]);
  });
});

describe('the end of a process', () => {
  const MODES = ['auto', 'own'] as const;
  const ENDPOINTS = [
    ['a dead port', deadPort],
    ['an endpoint that never answers', blackHole],
  ] as const;
  const cases = MODES.flatMap((mode) => ENDPOINTS.map(([what, url]) => ({ mode, what, url })));

  it.each(cases)(
    'is not held up for more than a second in $mode by $what, and keeps its exit code',
    async ({ mode, url }) => {
      const app = await run(
        `const us = begin('${mode}'); call(us); process.exitCode = 3; say({ ready: 'end' });`,
        json(await url()),
      );
      expect([app.code, app.signal, app.stderr]).toEqual([3, null, '']);
      const notices = app.said.flatMap((line) => ('notice' in line ? [line['notice']] : []));
      expect(notices).toHaveLength(2);
      expect(app.said).toHaveLength(mode === 'own' ? 4 : 3);
      expect(app.exitMs).toBeLessThan(1000);
    },
  );

  it.each(['SIGTERM', 'SIGINT'] as const)('comes by %s as without us, after what there is was sent', async (signal) => {
    const to = await receiver();
    const app = await run(
      `const us = begin('auto'); call(us); setInterval(() => {}, 1000); say({ ready: 'ready' });`,
      json(to.url),
      signal,
    );
    expect([app.code, app.signal]).toEqual([null, signal]);
    expect(app.exitMs).toBeLessThan(1000);
    expect(to.spans()).toHaveLength(1);
    const dead = await run(
      `const us = begin('auto'); call(us); setInterval(() => {}, 1000); say({ ready: 'ready' });`,
      json(await blackHole()),
      signal,
    );
    expect([dead.code, dead.signal]).toEqual([null, signal]);
    expect(dead.exitMs).toBeLessThan(1000);
  });

  it("is the app's where it listens for the signal itself", async () => {
    const app = await run(
      `const us = begin('auto'); call(us); const alive = setInterval(() => {}, 1000);
       process.on('SIGTERM', () => { clearInterval(alive); process.exitCode = 7; }); say({ ready: 'ready' });`,
      json(await deadPort()),
      'SIGTERM',
    );
    expect([app.code, app.signal]).toEqual([7, null]);
  });
});
