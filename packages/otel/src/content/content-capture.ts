import { CONTENT_READERS } from '@tollgate/core/content';
import { CallContent } from './call-content.ts';

/** What is going to be said in a call, for its span; undefined where its wire has no messages. */
export function captureContent(wireId: string, body: unknown): CallContent | undefined {
  const reader = CONTENT_READERS.get(wireId);
  return reader && new CallContent(reader, body);
}
