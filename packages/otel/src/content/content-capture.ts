import { loadContent, type ContentParts } from '@tollgate/core/plugin';
import { CallContent } from './call-content.ts';

/** Captures what is said in calls, for their spans. */
export interface ContentCapture {
  /** Resolves once messages can be read, undefined from then on. Never rejects: where it fails, calls go without. */
  readonly loading: Promise<void> | undefined;
  /** What is going to be said in a call; undefined where its wire has no messages. */
  open(wireId: string, body: unknown): CallContent | undefined;
}

/** Loads what reads messages, and captures what is said from then on. */
export function createContentCapture(report: (where: string, fault: unknown) => void): ContentCapture {
  let parts: ContentParts | undefined;
  let loading: Promise<void> | undefined = load();

  async function load(): Promise<void> {
    try {
      parts = await loadContent();
    } catch (fault) {
      report('content', fault);
    }
    loading = undefined;
  }
  return {
    get loading() {
      return loading;
    },
    open(wireId, body) {
      const reader = parts?.readers.get(wireId);
      return parts && reader && new CallContent(parts, reader, body);
    },
  };
}
