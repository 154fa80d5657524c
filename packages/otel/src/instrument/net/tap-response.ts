import type { BodyObserver } from './body-observer.ts';
import { tapBody } from './tap-body.ts';

/** What the reader of a reply is told: parsed JSON where the app had it parsed, else the body. */
export interface ResponseObserver extends BodyObserver {
  json(body: unknown): void;
}

/** How the result of each way of reading a whole body is shown to the observer. */
const WHOLE_READERS: readonly [name: string, show: (result: unknown, observer: ResponseObserver) => void][] = [
  ['json', (result, observer) => observer.json(result)],
  ['text', (result, observer) => typeof result === 'string' && observer.whole(result)],
  ['arrayBuffer', (result, observer) => result instanceof ArrayBuffer && observer.whole(new Uint8Array(result))],
  ['bytes', (result, observer) => result instanceof Uint8Array && observer.whole(result)],
  ['buffer', (result, observer) => result instanceof Uint8Array && observer.whole(result)],
  ['blob', showBlob],
];

function showBlob(result: unknown, observer: ResponseObserver): void {
  if (!(result instanceof Blob)) return;
  result.arrayBuffer().then(
    (bytes) => observer.whole(new Uint8Array(bytes)),
    (error: unknown) => observer.failed(error),
  );
}

function own(target: object, name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(target, name, { configurable: true, enumerable: false, ...descriptor });
}

function tapWholeReaders(response: object, observer: ResponseObserver): void {
  for (const [name, show] of WHOLE_READERS) {
    const original: unknown = Reflect.get(response, name);
    if (typeof original !== 'function') continue;
    const read = (): Promise<unknown> =>
      (original as (this: unknown) => Promise<unknown>).call(response).then(
        (result) => {
          show(result, observer);
          return result;
        },
        (error: unknown) => {
          observer.failed(error);
          throw error;
        },
      );
    own(response, name, { value: read, writable: true });
  }
}

function tapBodyGetter(response: object, observer: ResponseObserver): void {
  const before = Object.getOwnPropertyDescriptor(response, 'body');
  const proto = Object.getPrototypeOf(response) as object;
  let tapped: unknown;
  own(response, 'body', {
    get() {
      const body: unknown =
        before === undefined ? Reflect.get(proto, 'body', response) : (before.value ?? before.get?.call(response));
      if (typeof body === 'object' && body !== null && body !== tapped) {
        tapped = body;
        tapBody(body, observer);
      }
      return body;
    },
  });
}

/**
 * Lets the observer see the body of a response, whichever way it is read. Only own properties of this one object are
 * added: it stays the same `Response`, with the same headers, `instanceof` and behaviour. A body may be shown more than
 * once (a transport whose `json` is built on its `text`): the observer takes the first.
 */
export function tapResponse(response: object, observer: ResponseObserver): void {
  tapWholeReaders(response, observer);
  tapBodyGetter(response, observer);
  const clone: unknown = Reflect.get(response, 'clone');
  if (typeof clone !== 'function') return;
  own(response, 'clone', {
    writable: true,
    value: () => {
      const copy = (clone as (this: unknown) => object).call(response);
      tapResponse(copy, observer);
      return copy;
    },
  });
}
