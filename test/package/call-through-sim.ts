import { deepStrictEqual, strictEqual } from 'node:assert';
import { execute } from '../steps.ts';
import type { startProvider } from '@tollgate/provider-sim';

/** What `consumer/call.mjs` prints. */
interface Seen {
  usage: { prompt_tokens: number; completion_tokens: number };
  refusal: string | undefined;
  row: { calls: number; denied: number; nanoUsd: number; by: { agent: string } };
  instrumented: { module: string; state: string }[];
  spans: { name: string; attributes: Record<string, unknown> }[];
}

/**
 * Runs the app of `consumer/call.mjs` against a provider server, and compares what it saw with the provider's bill: one call
 * that is counted to the nano-USD, one that its budget refuses without a request, and both as spans where the app has an SDK.
 */
export async function callThroughSim(app: string, hasSdk: boolean): Promise<void> {
  // Built by an earlier step, so it can't be loaded before.
  const sim = (await import('@tollgate/provider-sim')) as { startProvider: typeof startProvider };
  await using provider = await sim.startProvider();
  const env = {
    ...process.env,
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  };
  const output = await execute('node', ['call.mjs', provider.openaiBaseUrl, hasSdk ? 'sdk' : ''], { cwd: app, env });
  await provider.settled();
  const seen = JSON.parse(output) as Seen;

  strictEqual(provider.requests.length, 1, 'the refused call made a request');
  strictEqual(seen.refusal, 'exhausted');
  deepStrictEqual(
    { agent: seen.row.by.agent, calls: seen.row.calls, denied: seen.row.denied, nanoUsd: seen.row.nanoUsd },
    { agent: 'asker', calls: 1, denied: 1, nanoUsd: provider.bill.nanoUsd },
  );
  deepStrictEqual(
    seen.spans.map(({ attributes }) => [attributes['error.type'], attributes['gen_ai.usage.input_tokens']]),
    hasSdk
      ? [
          [undefined, seen.usage.prompt_tokens],
          ['budget_exceeded', undefined],
        ]
      : [],
  );
}
