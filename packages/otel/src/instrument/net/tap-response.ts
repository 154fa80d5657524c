import { createStamp } from '../stamp.ts';
import type { BodyObserver } from './body-observer.ts';
import { tapBody } from './tap-body.ts';

/** What the reader of a reply is told: parsed JSON where the app had it parsed, else the body. */
export interface ResponseObserver extends BodyObserver {
  /** Somebody has begun to read the whole body: `whole`, `json` or `failed` will follow, whenever the provider is done. */
  reading(): void;
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
type Clone = (this: object) => object;

const taps = createStamp<Tap>();
const membersByClass = new WeakMap<object, PropertyDescriptorMap>();

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

/**
 * A copy of a response that nobody has begun to read; the observer is not shown what is read of it. Undefined where there
 * is none: of the platform's own responses only, one reader goes on where the other one does not.
 */
export function copyUnread(response: object): Response | undefined {
  if (!(response instanceof Response) || taps.get(response)?.body !== undefined) return undefined;
  // Past our own member: the body is not shown by being looked at here.
  const body: unknown = Reflect.get(Response.prototype, 'body', response);
  const isFree = body instanceof ReadableStream && !body.locked && !response.bodyUsed;
  return isFree ? Response.prototype.clone.call(response) : undefined;
}

/** Whether somebody sees the body of this response already. */
export function isTapped(response: object): boolean {
  return taps.get(response) !== undefined;
}

/**
 * Lets the observer see the body of a response, whichever way it is read. Only own properties of this one object are
 * added: it stays the same `Response`, with the same headers, `instanceof` and behaviour. A body may be shown more than
 * once (a transport whose `json` is built on its `text`): the observer takes the first.
 */
export function tapResponse(response: object, observer: ResponseObserver): void {
  taps.set(response, { observer, body: undefined });
  // A transport may answer with an object that has ways of its own of being read: they stand before those of its class.
  const own = observedMembers(response);
  Object.defineProperties(response, membersOf(Object.getPrototypeOf(response) as object | null));
  Object.defineProperties(response, own);
}

/** What is put onto every response of a class: made once, since each call has one. */
function membersOf(proto: object | null): PropertyDescriptorMap {
  if (proto === null || proto === Object.prototype) return {};
  const known = membersByClass.get(proto);
  if (known !== undefined) return known;
  const members = { ...membersOf(Object.getPrototypeOf(proto) as object | null), ...observedMembers(proto) };
  membersByClass.set(proto, members);
  return members;
}

/** What shows the body to an observer, for every way of reading it that `owner` has of its own. */
function observedMembers(owner: object): PropertyDescriptorMap {
  const members: PropertyDescriptorMap = {};
  for (const [name, show] of WHOLE_READERS) {
    const read: unknown = Object.getOwnPropertyDescriptor(owner, name)?.value;
    if (typeof read === 'function') members[name] = hidden({ value: observedRead(read as Read, show), writable: true });
  }
  const body = Object.getOwnPropertyDescriptor(owner, 'body');
  if (body !== undefined) members['body'] = hidden({ get: observedBody(body) });
  const clone: unknown = Object.getOwnPropertyDescriptor(owner, 'clone')?.value;
  if (typeof clone === 'function') members['clone'] = hidden({ value: observedClone(clone as Clone), writable: true });
  return members;
}

function hidden(descriptor: PropertyDescriptor): PropertyDescriptor {
  return { configurable: true, enumerable: false, ...descriptor };
}

function observedRead(read: Read, show: Show): Read {
  return function (this: object) {
    const tap = taps.get(this);
    const result = read.call(this);
    if (tap === undefined) return result;
    tap.observer.reading();
    return result.then(
      (whole) => show(whole, tap.observer),
      (error: unknown) => {
        tap.observer.failed(error);
        throw error;
      },
    );
  };
}

function observedBody(member: PropertyDescriptor): (this: object) => unknown {
  return function (this: object) {
    const body: unknown = member.get === undefined ? member.value : member.get.call(this);
    const tap = taps.get(this);
    if (tap !== undefined && typeof body === 'object' && body !== null && body !== tap.body) {
      tap.body = body;
      tapBody(body, tap.observer);
    }
    return body;
  };
}

function observedClone(clone: Clone): Clone {
  return function (this: object) {
    const tap = taps.get(this);
    const copy = clone.call(this);
    if (tap !== undefined && !isTapped(copy)) tapResponse(copy, tap.observer);
    return copy;
  };
}
