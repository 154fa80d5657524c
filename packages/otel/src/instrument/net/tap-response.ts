import { createStamp } from '../stamp.ts';
import type { BodyObserver } from './body-observer.ts';
import { tapBody } from './tap-body.ts';

/** What the reader of a reply is told: parsed JSON where the app had it parsed, else the body. */
export interface ResponseObserver extends BodyObserver {
  json(body: unknown): void;
}

/** Who sees the body of a response, and which body is already shown. */
interface Tap {
  readonly observer: ResponseObserver;
  body: unknown;
}

type Shown<Result> = Result | Promise<Result>;
type Show = (result: unknown, observer: ResponseObserver) => Shown<unknown>;
type Read = (this: object) => Promise<unknown>;

const taps = createStamp<Tap>();
const tappedPrototypes = new WeakMap<object, object>();

/** How the result of each way of reading a whole body is shown to the observer, and what the reader gets. */
const WHOLE_READERS: readonly [name: string, show: Show][] = [
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

/** Whether somebody sees the body of this response already. */
export function isTapped(response: object): boolean {
  return taps.get(response) !== undefined;
}

/**
 * Lets the observer see the body of a response, whichever way it is read. The response stays the same object, with the
 * same headers, `instanceof`, own properties and behaviour: only a prototype that extends its own one stands between. A
 * body may be shown more than once (a transport whose `json` is built on its `text`): the observer takes the first.
 */
export function tapResponse(response: object, observer: ResponseObserver): void {
  taps.set(response, { observer, body: undefined });
  // A transport may answer with a plain object: what it has of its own stands before any prototype.
  replaceReaders(response, response);
  const proto = Object.getPrototypeOf(response) as object | null;
  if (proto !== null && proto !== Object.prototype) Object.setPrototypeOf(response, tappedPrototype(proto));
}

function tappedPrototype(proto: object): object {
  const known = tappedPrototypes.get(proto);
  if (known !== undefined) return known;
  const tapped = Object.create(proto) as object;
  for (let owner: object | null = proto; owner !== null && owner !== Object.prototype;) {
    replaceReaders(owner, tapped);
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  tappedPrototypes.set(proto, tapped);
  return tapped;
}

/** Puts what shows the body to an observer onto `target`, for every way of reading it that `owner` has of its own. */
function replaceReaders(owner: object, target: object): void {
  for (const [name, show] of WHOLE_READERS) {
    const read = ownMember(owner, target, name)?.value as unknown;
    if (typeof read === 'function') define(target, name, { value: observedRead(read as Read, show), writable: true });
  }
  const body = ownMember(owner, target, 'body');
  if (body !== undefined) define(target, 'body', { get: observedBody(body) });
  const clone = ownMember(owner, target, 'clone')?.value as unknown;
  if (typeof clone === 'function')
    define(target, 'clone', { value: observedClone(clone as (this: object) => object), writable: true });
}

/** A member of `owner`, unless `target` has it from a prototype that is nearer. */
function ownMember(owner: object, target: object, name: string): PropertyDescriptor | undefined {
  if (!Object.hasOwn(owner, name) || (owner !== target && Object.hasOwn(target, name))) return undefined;
  return Object.getOwnPropertyDescriptor(owner, name);
}

function define(target: object, name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(target, name, { configurable: true, enumerable: false, ...descriptor });
}

function observedRead(read: Read, show: Show): Read {
  return function (this: object) {
    const tap = taps.get(this);
    const result = read.call(this);
    if (tap === undefined) return result;
    return result.then(
      (whole) => show(whole, tap.observer),
      (error: unknown) => {
        tap.observer.failed(error);
        throw error;
      },
    );
  };
}

function observedBody({ get, value }: PropertyDescriptor): (this: object) => unknown {
  return function (this: object) {
    const body: unknown = get === undefined ? value : get.call(this);
    const tap = taps.get(this);
    if (tap !== undefined && typeof body === 'object' && body !== null && body !== tap.body) {
      tap.body = body;
      tapBody(body, tap.observer);
    }
    return body;
  };
}

function observedClone(clone: (this: object) => object): (this: object) => object {
  return function (this: object) {
    const tap = taps.get(this);
    const copy = clone.call(this);
    if (tap !== undefined && !isTapped(copy)) tapResponse(copy, tap.observer);
    return copy;
  };
}
