import { expect, test } from 'vitest';
import { startPipeline } from './start-pipeline.ts';

test('a pipeline starts empty and stops', async () => {
  const pipeline = await startPipeline();
  expect(await pipeline.query('up')).toEqual([]);
  expect(await pipeline.spans('nobody')).toEqual([]);
  await pipeline.stop();
  await expect(fetch(pipeline.prometheusUrl)).rejects.toThrow('fetch failed');
});
