import type { ResponseObserver } from '../instrument/net/tap-response.ts';

/** What is told of a reply as it passes. */
export interface ReplySink {
  /** A piece of a stream has come. Never throws: what is behind it would be kept from the app. */
  chunk(bytes: Uint8Array): void;
  /** A whole reply has come. */
  reply(body: unknown): void;
}

/** Shows what an observer sees to the sink first, which has then seen all of it when the call ends. */
export function observeContent(sink: ReplySink, observer: ResponseObserver): ResponseObserver {
  return {
    chunk(bytes) {
      sink.chunk(bytes);
      return observer.chunk(bytes);
    },
    end: () => observer.end(),
    reading: () => observer.reading(),
    whole(body) {
      sink.chunk(typeof body === 'string' ? Buffer.from(body) : body);
      return observer.whole(body);
    },
    json(body) {
      sink.reply(body);
      observer.json(body);
    },
    cancelled: () => observer.cancelled(),
    failed: (error) => observer.failed(error),
  };
}
