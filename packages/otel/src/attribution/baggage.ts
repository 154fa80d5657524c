import { context, propagation, type Baggage, type Context } from '@opentelemetry/api';
import type { Attribution } from '@tollgate/core';

/** Our entries are `tollgate.task`, `tollgate.agent`, …: all that begin so are ours. */
const PREFIX = 'tollgate.';

/** Tells other processes who the running code works for, and hears it from them: W3C baggage in OpenTelemetry's context. */
export interface BaggageCarrier {
  /** Runs `fn` in a context whose baggage has what `at` says. Without a context manager it only runs it. */
  carry<T>(at: Attribution, fn: () => T): T;
  /** `inner`, with what the active context's baggage says where `inner` says nothing. The same object for the same two. */
  beneath(inner: Attribution): Attribution;
}

/** Carries the named dimensions, and hears no other; undefined where none is named. */
export function createBaggageCarrier(dimensions: readonly (keyof Attribution)[]): BaggageCarrier | undefined {
  if (dimensions.length === 0) return undefined;
  const merged = new WeakMap<Baggage, WeakMap<Attribution, Attribution>>();
  return {
    carry(at, fn) {
      const active = context.active();
      let baggage = propagation.getBaggage(active) ?? propagation.createBaggage();
      for (const dimension of dimensions) {
        const value = at[dimension];
        if (value !== undefined) baggage = baggage.setEntry(PREFIX + dimension, { value });
      }
      return context.with(propagation.setBaggage(active, baggage), fn);
    },
    beneath(inner) {
      const baggage = propagation.getBaggage(context.active());
      if (baggage === undefined) return inner;
      let known = merged.get(baggage);
      if (known === undefined) merged.set(baggage, (known = new WeakMap<Attribution, Attribution>()));
      let at = known.get(inner);
      if (at === undefined) known.set(inner, (at = Object.freeze({ ...said(baggage, dimensions), ...inner })));
      return at;
    },
  };
}

function said(baggage: Baggage, dimensions: readonly (keyof Attribution)[]): Attribution {
  const at: Attribution = {};
  for (const dimension of dimensions) {
    const value = baggage.getEntry(PREFIX + dimension)?.value;
    if (value !== undefined && value !== '') at[dimension] = value;
  }
  return at;
}

/** A context whose baggage is ours alone. */
export function onlyOurBaggage(given: Context): Context {
  const others =
    propagation
      .getBaggage(given)
      ?.getAllEntries()
      .filter(([key]) => !key.startsWith(PREFIX)) ?? [];
  const ours = propagation.getBaggage(given)?.removeEntries(...others.map(([key]) => key));
  return ours === undefined ? given : propagation.setBaggage(given, ours);
}

/** Runs `send`, which sends to a provider, in a context that has none of our baggage, wherever it came from: whoever injects headers finds the app's own alone. */
export function withoutOurBaggage<T>(send: () => T): T {
  const active = context.active();
  const baggage = propagation.getBaggage(active);
  const ours = baggage?.getAllEntries().flatMap(([key]) => (key.startsWith(PREFIX) ? [key] : []));
  if (baggage === undefined || ours === undefined || ours.length === 0) return send();
  const rest = baggage.removeEntries(...ours);
  const isEmpty = rest.getAllEntries().length === 0;
  return context.with(isEmpty ? propagation.deleteBaggage(active) : propagation.setBaggage(active, rest), send);
}
