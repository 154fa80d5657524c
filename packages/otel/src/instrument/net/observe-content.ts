import type { CallContent } from '../../content/call-content.ts';
import type { ResponseObserver } from './tap-response.ts';

/** Shows what an observer of a stream sees to the call's content first, which has then seen all of it when the call ends. */
export function observeContent(content: CallContent, observer: ResponseObserver): ResponseObserver {
  content.stream();
  return {
    chunk(bytes) {
      content.chunk(bytes);
      return observer.chunk(bytes);
    },
    end: () => observer.end(),
    whole(body) {
      content.chunk(typeof body === 'string' ? Buffer.from(body) : body);
      return observer.whole(body);
    },
    json(body) {
      content.reply(body);
      observer.json(body);
    },
    cancelled: () => observer.cancelled(),
    failed: (error) => observer.failed(error),
  };
}
