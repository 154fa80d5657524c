import { expect, onTestFailed, test } from 'vitest';
import { storedSpans } from './jaeger-api.ts';
import { poll } from './poll.ts';
import { instantQuery } from './prometheus-api.ts';
import { CALL_NANO_USD, sendCalls } from './send-calls.ts';
import { COST, nanoUsdOn, toNanoUsd } from './series.ts';
import { startFleet } from './start-fleet.ts';
import { startJaeger } from './start-jaeger.ts';
import { startPrometheus } from './start-prometheus.ts';

const CALLS = 300;

test('a request of 6 MB, of spans with prompts, goes through edge and gateway whole: each call is counted and stored', async () => {
  await using prometheus = await startPrometheus();
  await using jaeger = await startJaeger();
  await using fleet = await startFleet({
    tracesEndpoint: jaeger.otlpGrpc,
    metricsEndpoint: `${prometheus.url}/api/v1/otlp`,
  });
  onTestFailed(() => console.log(fleet.edge.log(), fleet.gateway.log()));
  const prompt = 'm'.repeat(20_000);
  const calls = Array.from({ length: CALLS }, () => ({ agent: 'reader', prompt }));
  expect(await sendCalls(fleet.otlpEndpoint, 'fleet', calls)).toBe(200);

  const total = await poll(`${CALLS} calls are counted`, async () => {
    const [sum] = await instantQuery(prometheus.url, `sum(${COST})`);
    return toNanoUsd(sum?.value) >= CALLS * CALL_NANO_USD ? toNanoUsd(sum?.value) : undefined;
  });
  expect(total).toBe(CALLS * CALL_NANO_USD);
  const stored = await poll(`${CALLS} spans are stored`, async () => {
    const spans = await storedSpans(jaeger.url, 'fleet');
    return spans.length >= CALLS ? spans : undefined;
  });
  expect(stored).toHaveLength(CALLS);
  expect(nanoUsdOn(stored)).toBe(CALLS * CALL_NANO_USD);
  expect(`${fleet.edge.log()}${fleet.gateway.log()}`).not.toContain('Dropping data');
});
