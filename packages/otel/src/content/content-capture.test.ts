import { expect, it } from 'vitest';
import { captureContent } from './content-capture.ts';

it('captures what is said over every wire that has messages', () => {
  expect(captureContent('openai-chat', {})).toBeDefined();
  expect(captureContent('openai-embeddings', {})).toBeUndefined();
});
