import { later } from '../../later.ts';
import type { HookResult } from '../sdk-module.ts';
import type { FetchWithTimeout, MakeRequest, ParseResponse } from './stainless-call.ts';

const calls = later('./instrument/sdk/stainless-call');

/** The prototype of a client class of this generator: the two methods that every request of the SDK passes. */
interface ClientPrototype {
  makeRequest: MakeRequest;
  fetchWithTimeout: FetchWithTimeout;
  parseResponseWithTimeout?: ParseResponse | undefined;
}

const HOOKED = Symbol.for('tollgate.hooked@0');

/** Every prototype among a module's exports that owns `makeRequest`, also where the exported class only inherits it. */
function ownersOf(exports: object): Set<object> {
  const owners = new Set<object>();
  for (const exported of [exports, ...Object.values(exports)]) {
    if (typeof exported !== 'function') continue;
    let proto: unknown = exported.prototype;
    while (typeof proto === 'object' && proto !== null && proto !== Object.prototype) {
      if (Object.hasOwn(proto, 'makeRequest')) owners.add(proto);
      proto = Object.getPrototypeOf(proto);
    }
  }
  return owners;
}

function hookPrototype(proto: ClientPrototype): HookResult {
  if (Object.hasOwn(proto, HOOKED)) return { state: 'hooked' };
  if (typeof proto.makeRequest !== 'function' || typeof proto.fetchWithTimeout !== 'function') {
    return {
      state: 'failed',
      why: 'the client class no longer has makeRequest and fetchWithTimeout; please report this SDK version',
    };
  }
  const { makeRequest, fetchWithTimeout, parseResponseWithTimeout } = proto;
  replaceMethod(proto, 'makeRequest', function (this: object, options, ...rest) {
    return calls().meteredRequest(this, makeRequest, options, rest);
  } satisfies MakeRequest);
  replaceMethod(proto, 'fetchWithTimeout', function (this: object, ...args) {
    return calls().observedFetch(this, fetchWithTimeout, args);
  } satisfies FetchWithTimeout);
  if (typeof parseResponseWithTimeout === 'function') {
    replaceMethod(proto, 'parseResponseWithTimeout', function (this: object, ...args) {
      return calls().observedReading(this, parseResponseWithTimeout, args);
    } satisfies ParseResponse);
  }
  Object.defineProperty(proto, HOOKED, { value: true });
  return { state: 'hooked' };
}

/** Keeps the method as the class declares it: not enumerable, with its own name and arity. */
function replaceMethod(
  proto: object,
  name: keyof ClientPrototype,
  method: MakeRequest | FetchWithTimeout | ParseResponse,
): void {
  const original = Object.getOwnPropertyDescriptor(proto, name);
  const arity = (original?.value as { length?: number } | undefined)?.length ?? 0;
  Object.defineProperty(method, 'name', { value: name, configurable: true });
  Object.defineProperty(method, 'length', { value: arity, configurable: true });
  Object.defineProperty(proto, name, {
    configurable: true,
    writable: true,
    enumerable: original?.enumerable ?? false,
    value: method,
  });
}

/**
 * Hooks the clients of SDKs made by the generator behind OpenAI's and Anthropic's. Every request passes `makeRequest` of
 * the base class, inside the promise that the app holds, so a call can be refused there and all types stay as they are;
 * clients that exist already and `withOptions` clones are caught, since the prototype is theirs too.
 */
export function hookStainless(exports: object): HookResult {
  const results = [...ownersOf(exports)].map((proto) => hookPrototype(proto as ClientPrototype));
  return results.find((result) => result.state === 'failed') ?? results[0] ?? { state: 'nothing' };
}
