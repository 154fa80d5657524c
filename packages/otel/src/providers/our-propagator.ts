import type { TextMapPropagator } from '@opentelemetry/api';
import { onlyOurBaggage } from '../attribution/baggage.ts';

/** The part of `@opentelemetry/core` that we use. */
export interface BaggagePackage {
  W3CBaggagePropagator: new () => TextMapPropagator;
}

/** W3C baggage, of which only our own entries go out: none of them is in the context of a provider's request. */
export function ourPropagator({ W3CBaggagePropagator }: BaggagePackage): TextMapPropagator {
  const w3c = new W3CBaggagePropagator();
  return {
    fields: () => w3c.fields(),
    inject: (context, carrier, setter) => w3c.inject(onlyOurBaggage(context), carrier, setter),
    extract: (context, carrier, getter) => w3c.extract(context, carrier, getter),
  };
}
