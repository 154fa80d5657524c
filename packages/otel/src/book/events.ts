import type { CallRecord, Measures, Refusal, Standing } from '@tollgate/core';
import { ConfigError } from '@tollgate/core/start';
import { hint } from '../options/checks.ts';
import { show } from '../options/show.ts';

/** What an app can listen to. */
export interface Events {
  /** A call is over, however it ended. */
  call: CallRecord;
  /** An account has passed one of its budget's `warnAt` thresholds: once per threshold and window. */
  'budget.warning': Standing & { threshold: number };
  /** A call was refused, or would have been where the budget only warns. */
  'budget.exceeded': Standing & { reason: Refusal };
  /** A call cost more than was reserved for it, by this much; it is charged in full. */
  'budget.overrun': Standing & { over: Measures };
  /** A call has no price: its cost is unknown, not zero. */
  unpriced: { provider: string; model: string; reason: string };
}

/** Hands events to the app's listeners, none of which can disturb a call. */
export interface EventHub {
  /** Adds a listener; the returned function removes it again. Throws `ConfigError` for an event that does not exist. */
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
  /** Calls the listeners in the order in which they were added. Never throws. */
  emit<E extends keyof Events>(event: E, payload: Events[E]): void;
}

type Listener = (payload: never) => unknown;

/** Makes a hub. A listener that throws or rejects is reported at its first error only: one bad line may not fill a log. */
export function createEvents(report: (message: string, error: unknown) => void): EventHub {
  const listeners: Record<keyof Events, readonly Listener[]> = {
    call: [],
    'budget.warning': [],
    'budget.exceeded': [],
    'budget.overrun': [],
    unpriced: [],
  };
  const reported = new WeakSet<object>();

  function failed(event: keyof Events, listener: object, error: unknown): void {
    if (reported.has(listener)) return;
    reported.add(listener);
    report(`A listener of '${event}' failed; it stays subscribed, and its further errors are not shown.`, error);
  }

  function call<E extends keyof Events>(event: E, listener: Listener, payload: Events[E]): void {
    try {
      const result = (listener as (payload: Events[E]) => unknown)(payload);
      if (result instanceof Promise) result.catch((error: unknown) => failed(event, listener, error));
    } catch (error) {
      failed(event, listener, error);
    }
  }

  return {
    on(event, listener) {
      if (!Object.hasOwn(listeners, event)) {
        const names = Object.keys(listeners);
        const message = `${show(event)} is not an event${hint(event, names)}; events are ${names.join(', ')}`;
        throw new ConfigError([{ path: 'event', message, received: event }]);
      }
      // A new array per change: an emit that is under way goes on over the listeners that it began with.
      const added: Listener = (payload) => listener(payload);
      listeners[event] = [...listeners[event], added];
      return () => {
        listeners[event] = listeners[event].filter((other) => other !== added);
      };
    },
    emit(event, payload) {
      for (const listener of listeners[event]) call(event, listener, payload);
    },
  };
}
