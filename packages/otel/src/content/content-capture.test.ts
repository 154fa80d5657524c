import { expect, it } from 'vitest';
import { createContentCapture } from './content-capture.ts';

it('captures nothing before what reads messages is loaded, and then every wire that has messages', async () => {
  const faults: unknown[] = [];
  const capture = createContentCapture((_where, fault) => void faults.push(fault));
  expect(capture.open('openai-chat', {})).toBeUndefined();
  await capture.loading;
  expect(capture.loading).toBeUndefined();
  expect(capture.open('openai-chat', {})).toBeDefined();
  expect(capture.open('openai-embeddings', {})).toBeUndefined();
  expect(faults).toEqual([]);
});
