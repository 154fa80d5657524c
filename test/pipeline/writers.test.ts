import { expect, test } from 'vitest';
import { playActs, type PlayedActs } from './play-acts.ts';
import { nanoUsdOn, totalNanoUsd } from './series.ts';
import { startPipeline } from './start-pipeline.ts';

type Metrics = 'process' | 'collector';

function play(otlpEndpoint: string, metrics: Metrics): Promise<PlayedActs> {
  return playActs({ otlpEndpoint, acts: ['chat', 'cached'], options: { metrics, serviceName: 'team' } });
}

function sumOf(ledgers: readonly PlayedActs[]): number {
  return ledgers.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0);
}

test.each(['process', 'collector'] as const)(
  'a process that makes one call and exits is counted whole by the %s',
  async (metrics) => {
    await using pipeline = await startPipeline();
    const options = { metrics, serviceName: 'once' };
    const { nanoUsd, billed } = await playActs({ otlpEndpoint: pipeline.otlpEndpoint, acts: ['chat'], options });
    await pipeline.flush();
    expect(nanoUsd).toBe(billed['chat']);
    expect(await totalNanoUsd(pipeline)).toBe(nanoUsd);
    expect(nanoUsdOn(await pipeline.spans('once'))).toBe(nanoUsd);
    // As a panel asks for the total of a range: the zero before the only value has to be there.
    const [range] = await pipeline.query(
      'sum(max_over_time(tollgate_cost_total[5m]) - min_over_time(tollgate_cost_total[5m]))',
    );
    expect(Math.round((range?.value ?? 0) * 1e9)).toBe(nanoUsd);
  },
);

test.each(['process', 'collector'] as const)(
  'two processes, two Collectors and a restart of one add up to the ledgers, counted by the %s',
  async (metrics) => {
    await using pipeline = await startPipeline();
    await using replica = await pipeline.addCollector();
    const both = await Promise.all([play(pipeline.otlpEndpoint, metrics), play(replica.otlpEndpoint, metrics)]);
    await pipeline.flush();
    const afterwards = await play(pipeline.otlpEndpoint, metrics);
    await Promise.all([pipeline.flush(), replica.stop()]);
    await pipeline.jaeger.settled();
    const ledgers = sumOf([...both, afterwards]);
    expect(await totalNanoUsd(pipeline)).toBe(ledgers);
    expect(nanoUsdOn(await pipeline.spans('team'))).toBe(ledgers);
    const writers = await pipeline.query('count(count by (instance) (tollgate_cost_total))');
    expect(writers[0]?.value).toBe(3);
  },
);
