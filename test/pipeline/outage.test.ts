import { expect, onTestFailed, test } from 'vitest';
import { openGate } from './open-gate.ts';
import { poll } from './poll.ts';
import { instantQuery } from './prometheus-api.ts';
import { CALL_NANO_USD, sendCalls, type SentCall } from './send-calls.ts';
import { COST, toNanoUsd } from './series.ts';
import { startCollector } from './start-collector.ts';
import { startJaeger } from './start-jaeger.ts';
import { startPrometheus } from './start-prometheus.ts';

/** In one request they would be 40 MB, which Prometheus refuses. */
const AGENTS = 100;
const STEPS = 40;

test('four thousand label sets that are new while Prometheus is away are in it to the nano-USD once it is back', async () => {
  await using prometheus = await startPrometheus();
  await using jaeger = await startJaeger();
  await using gate = await openGate(prometheus.url);
  await using collector = await startCollector({
    tracesEndpoint: jaeger.otlpGrpc,
    metricsEndpoint: `${gate.url}/api/v1/otlp`,
  });
  onTestFailed(() => console.log(collector.log()));
  const spent = (): Promise<number> => spentIn(prometheus.url);

  gate.shut();
  for (let step = 0; step < STEPS; step += 1) {
    expect(await sendCalls(collector.otlpEndpoint, 'outage', callsOfAll(`classify-incoming-message-${step}`))).toBe(
      200,
    );
  }
  await poll('two flushes have failed', async () => failedFlushes(collector.log()) >= 2 || undefined);
  expect(await spent()).toBe(0);
  gate.open();
  await poll('all is there', async () => (await spent()) === AGENTS * STEPS * CALL_NANO_USD || undefined);

  // The zeros are there, so what comes later only adds up.
  await sendCalls(collector.otlpEndpoint, 'outage', callsOfAll('classify-incoming-message-0'));
  await poll(
    'so is what came later',
    async () => (await spent()) === AGENTS * (STEPS + 1) * CALL_NANO_USD || undefined,
  );
});

function callsOfAll(step: string): SentCall[] {
  return Array.from({ length: AGENTS }, (_, index) => ({ agent: `customer-support-triager-${index}`, step }));
}

/** As the totals on panels are read. What has no zero before its first value is not in it. */
async function spentIn(url: string): Promise<number> {
  const [sum] = await instantQuery(url, `sum(max_over_time(${COST}[10m]) - min_over_time(${COST}[10m]))`);
  return toNanoUsd(sum?.value);
}

function failedFlushes(log: string): number {
  return log.split('The metrics could not be handed on').length - 1;
}

test('agents with names of a megabyte are counted, by the beginning of their names', async () => {
  await using prometheus = await startPrometheus();
  await using jaeger = await startJaeger();
  await using collector = await startCollector({
    tracesEndpoint: jaeger.otlpGrpc,
    metricsEndpoint: `${prometheus.url}/api/v1/otlp`,
  });
  onTestFailed(() => console.log(collector.log()));
  const names = Array.from({ length: 9 }, (_, index) => `${index}${'x'.repeat(1_000_000)}`);
  for (const agent of names) expect(await sendCalls(collector.otlpEndpoint, 'names', [{ agent }])).toBe(200);
  await poll('all are counted', async () => (await spentIn(prometheus.url)) === 9 * CALL_NANO_USD || undefined);
  const told = (await instantQuery(prometheus.url, COST)).map(({ labels }) => labels['gen_ai_agent_name']);
  expect(told.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual(names.map((name) => `${name.slice(0, 255)}…`));
});
