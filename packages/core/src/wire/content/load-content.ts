import type { ContentReader } from './content-reader.ts';
import type { EventSplitter } from './event-splitter.ts';

/** What reads messages: loaded only where they are asked for. */
export interface ContentParts {
  readonly readers: ReadonlyMap<string, ContentReader>;
  /** Splits the bytes of a stream into its events. */
  readonly createSplitter: () => EventSplitter;
}

/** Loads what reads the messages of requests and answers. */
export async function loadContent(): Promise<ContentParts> {
  const [{ CONTENT_READERS: readers }, { EventSplitter: Splitter }] = await Promise.all([
    import('./catalogue.ts'),
    import('./event-splitter.ts'),
  ]);
  return { readers, createSplitter: () => new Splitter() };
}
