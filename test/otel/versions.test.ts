import { join } from 'node:path';
import { startProvider } from '@tollgate/provider-sim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EndedSpan } from './apps/span-recorder.ts';
import type { VersionsAnswer, VersionsSettings } from './apps/versions.ts';
import { linkedApp, type LinkedApp } from './linked-app.ts';
import { startReceiver, type ReceivedPoint, type ReceivedSpan } from './otlp-receiver.ts';
import { ask } from './run-app.ts';

/** API and SDK of each on-demand project. */
const VERSIONS = [
  ['sdk-2', 'API 1.9.0 and SDK 2.0'],
  ['sdk-3', 'API 1.10 and SDK 3.x'],
] as const;
const INSTALL_MS = 300_000;
const TWO_CALLS = { budgets: [{ name: 'two', limit: { calls: 2 }, window: 'total' as const }] };

interface Run extends VersionsAnswer {
  stderr: string;
  billedNanoUsd: number;
  requests: number;
  spansOut: ReceivedSpan[];
  points: ReceivedPoint[];
}

async function run({ folder }: LinkedApp, settings: Omit<VersionsSettings, 'openaiBaseUrl'>): Promise<Run> {
  await using receiver = await startReceiver();
  await using provider = await startProvider();
  const said = await ask<VersionsAnswer>(join(folder, 'versions.ts'), {
    cwd: folder,
    settings: { ...settings, openaiBaseUrl: provider.openaiBaseUrl } satisfies VersionsSettings,
    env: settings.hasSdk
      ? { OTEL_METRICS_EXPORTER: 'none' }
      : { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  });
  return {
    ...said,
    billedNanoUsd: provider.bill.nanoUsd,
    requests: provider.requests.length,
    spansOut: receiver.spans,
    points: receiver.points,
  };
}

/** What `openinference.mjs` saw. */
interface OpenInferenceAnswer extends Pick<VersionsAnswer, 'usage'> {
  /** Calls that were reserved while the request of each call was under way. */
  reserved: (number | undefined)[];
  spent: number | undefined;
  spans: EndedSpan[];
}

describe.each(VERSIONS)('an app on %s (%s)', (project) => {
  let app: LinkedApp;
  beforeAll(async () => {
    app = await linkedApp(project);
  }, INSTALL_MS);
  afterAll(() => app[Symbol.asyncDispose]());

  test('has our spans in its own SDK, and both rings at work', async () => {
    const seen = await run(app, { hasSdk: true, options: TWO_CALLS });
    expect(seen.ends).toEqual(['ok', 'ok', 'exhausted', 'exhausted']);
    expect(seen.requests).toBe(2);
    expect(seen.usage).toMatchObject([{ calls: 2, nanoUsd: seen.billedNanoUsd }]);
    expect(seen.instrumented.map(({ module, state }) => `${module} ${state}`)).toContain('BudgetSpanProcessor hooked');
    const scopes = seen.spans
      .filter(({ attributes }) => attributes['gen_ai.usage.input_tokens'] !== undefined)
      .map(({ scope }) => scope);
    expect(scopes).toEqual(['@tollgate/otel', 'some-emitter']);
  });

  test.each(['auto', 'own'] as const)("exports by otel: '%s' what the provider bills", async (otel) => {
    const seen = await run(app, { hasSdk: false, options: { otel } });
    expect(seen.ends).toEqual(['ok', 'ok', 'ok', 'ok']);
    const cost = seen.points.filter(({ metric, value }) => metric === 'tollgate.cost' && value > 0);
    const nanoUsd = cost.reduce((sum, { value }) => sum + Math.round(value * 1e9), 0);
    expect(nanoUsd).toBe(seen.usage[0]?.nanoUsd);
    const zeros = seen.points.filter(({ metric, value }) => metric === 'tollgate.cost' && value === 0);
    expect(zeros).toHaveLength(cost.length);
    const calls = seen.spansOut.filter(({ attributes }) => attributes['tollgate.metered'] === true);
    // A bare emitter has a tracer, and ring 2 a say, only where a provider is registered.
    expect(calls).toHaveLength(otel === 'own' ? 4 : 2);
    expect(new Set(calls.map(({ resource }) => resource['service.instance.id'])).size).toBe(1);
  });
});

test(
  'an app without an OpenTelemetry SDK keeps its budgets, and is told once what to install',
  async () => {
    await using app = await linkedApp('no-sdk');
    const seen = await run(app, { hasSdk: false, options: TWO_CALLS });
    expect(seen.ends, 'ring 2 needs spans').toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(seen.usage).toMatchObject([{ calls: 2 }]);
    expect(seen.stderr.split('\n').filter((line) => line.includes('npm i @opentelemetry/sdk-node'))).toHaveLength(1);
    expect([...seen.spansOut, ...seen.points]).toEqual([]);
  },
  INSTALL_MS,
);

test(
  'a call that OpenInference traces is reserved once, and its span is ours to enrich',
  async () => {
    await using app = await linkedApp('openinference');
    await using provider = await startProvider();
    const seen = await ask<OpenInferenceAnswer>(join(app.folder, 'openinference.mjs'), {
      cwd: app.folder,
      settings: { openaiBaseUrl: provider.openaiBaseUrl },
    });
    expect(seen).toMatchObject({ reserved: [1, 1], spent: 2, usage: [{ calls: 2, nanoUsd: provider.bill.nanoUsd }] });
    expect(seen.spans).toHaveLength(2);
    for (const { attributes } of seen.spans) {
      expect(attributes).toMatchObject({ 'openinference.span.kind': 'LLM', 'tollgate.usage.state': 'reported' });
    }
  },
  INSTALL_MS,
);
