import type { BodyObserver } from './body-observer.ts';
import { tapBody } from './tap-body.ts';

/** What the reader of a reply is told: parsed JSON where the app had it parsed, else the body. */
export interface ResponseObserver extends BodyObserver {
  json(body: unknown): void;
}

type Shown<Result> = Result | Promise<Result>;

/** How the result of each way of reading a whole body is shown to the observer, and what the reader gets. */
const WHOLE_READERS: readonly [name: string, show: (result: unknown, observer: ResponseObserver) => Shown<unknown>][] =
  [
    ['json', showJson],
    ['text', showText],
    ['arrayBuffer', showArrayBuffer],
    ['bytes', showBytes],
    ['buffer', showBytes],
    ['blob', showBlob],
  ];

function showJson(result: unknown, observer: ResponseObserver): unknown {
  observer.json(result);
  return result;
}

function showText(result: unknown, observer: ResponseObserver): unknown {
  const shown = typeof result === 'string' ? observer.whole(result) : undefined;
  return shown === undefined ? result : Buffer.from(shown).toString();
}

function showArrayBuffer(result: unknown, observer: ResponseObserver): unknown {
  const shown = result instanceof ArrayBuffer ? observer.whole(new Uint8Array(result)) : undefined;
  return shown === undefined ? result : Uint8Array.from(shown).buffer;
}

function showBytes(result: unknown, observer: ResponseObserver): unknown {
  const shown = result instanceof Uint8Array ? observer.whole(result) : undefined;
  if (shown === undefined) return result;
  return Buffer.isBuffer(result) ? Buffer.from(shown) : Uint8Array.from(shown);
}

async function showBlob(result: unknown, observer: ResponseObserver): Promise<unknown> {
  if (!(result instanceof Blob)) return result;
  const shown = observer.whole(new Uint8Array(await result.arrayBuffer()));
  return shown === undefined ? result : new Blob([Uint8Array.from(shown)], { type: result.type });
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
        (result) => show(result, observer),
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
