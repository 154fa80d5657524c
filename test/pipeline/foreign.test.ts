import { expect, test } from 'vitest';
import { playActs } from './play-acts.ts';
import { readSamples, sendSamples } from './send-samples.ts';
import { nanoUsdOn, toNanoUsd, totalNanoUsd } from './series.ts';
import { startPipeline } from './start-pipeline.ts';

test('spans of every dialect, from processes without register(), are priced and counted to the nano-USD', async () => {
  await using pipeline = await startPipeline();
  const samples = await readSamples();
  expect(samples.length).toBeGreaterThan(40);
  await sendSamples(pipeline.otlpEndpoint, 'foreign', samples);
  await pipeline.flush();

  const stored = new Map((await pipeline.spans('foreign')).map((span) => [span.traceId, span.attributes]));
  const counted = samples.filter(({ want }) => want.nanoUsd !== undefined && want.mark === undefined);
  expect(stored.size).toBe(samples.length);
  const onSpans = counted.map(({ file, traceId }) => [
    file,
    toNanoUsd(stored.get(traceId)?.['gen_ai.usage.cost.amount']),
  ]);
  expect(Object.fromEntries(onSpans)).toEqual(
    Object.fromEntries(counted.map(({ file, want }) => [file, want.nanoUsd])),
  );
  expect(await totalNanoUsd(pipeline)).toBe(counted.reduce((sum, { want }) => sum + (want.nanoUsd ?? 0), 0));
});

test('spans that are sent again are counted once', async () => {
  await using pipeline = await startPipeline();
  const samples = (await readSamples()).filter(({ file }) => file.startsWith('semconv-current'));
  await sendSamples(pipeline.otlpEndpoint, 'again', samples);
  await sendSamples(pipeline.otlpEndpoint, 'again', samples);
  await pipeline.flush();
  expect(samples[0]?.want.nanoUsd).toBeGreaterThan(0);
  expect(await totalNanoUsd(pipeline)).toBe(samples[0]?.want.nanoUsd);
});

test.each(['process', 'collector'] as const)(
  "an emitter of the app's own beside register() is counted once, by the %s",
  async (metrics) => {
    await using pipeline = await startPipeline();
    const played = await playActs({
      otlpEndpoint: pipeline.otlpEndpoint,
      acts: ['chat'],
      bare: true,
      options: { metrics, otel: 'own', serviceName: 'mixed' },
    });
    await pipeline.flush();
    const billed = Object.values(played.billed);
    expect(billed).toHaveLength(2);
    expect(played.nanoUsd).toBe(billed.reduce((sum, nanoUsd) => sum + nanoUsd, 0));
    expect(await totalNanoUsd(pipeline)).toBe(played.nanoUsd);
    expect(nanoUsdOn(await pipeline.spans('mixed'))).toBe(played.nanoUsd);
  },
);
