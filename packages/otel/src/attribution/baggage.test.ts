import { context, propagation } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBaggageCarrier, onlyOurBaggage, withoutOurBaggage } from './baggage.ts';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => context.disable());

const carrier = createBaggageCarrier(['agent', 'task']);

function active(): Record<string, string> {
  const entries = propagation.getBaggage(context.active())?.getAllEntries() ?? [];
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value]));
}

function incoming<T>(entries: Record<string, string>, fn: () => T): T {
  const values = Object.entries(entries).map(([key, value]) => [key, { value }] as const);
  const baggage = propagation.createBaggage(Object.fromEntries(values));
  return context.with(propagation.setBaggage(context.active(), baggage), fn);
}

describe('attribution in baggage', () => {
  it('has the dimensions that were asked for beside what the app carries, and no other', () => {
    incoming({ app: 'x' }, () =>
      carrier?.carry({ agent: 'a', task: 't', user: 'u' }, () => {
        expect(active()).toEqual({ app: 'x', 'tollgate.agent': 'a', 'tollgate.task': 't' });
        carrier.carry({ agent: 'inner' }, () => expect(active()).toMatchObject({ 'tollgate.agent': 'inner' }));
      }),
    );
    expect.assertions(2);
  });

  it('is heard where the running code says nothing itself, and only what was asked for', () => {
    incoming({ 'tollgate.agent': 'outer', 'tollgate.task': 'T-7', 'tollgate.user': 'mallory' }, () => {
      expect(carrier?.beneath({ agent: 'inner' })).toEqual({ agent: 'inner', task: 'T-7' });
      expect(carrier?.beneath({})).toEqual({ agent: 'outer', task: 'T-7' });
    });
    expect(carrier?.beneath({ agent: 'alone' })).toEqual({ agent: 'alone' });
  });

  it('is one object as long as it is the same, so that what is kept by it stays', () => {
    const at = { agent: 'a' };
    incoming({ 'tollgate.task': 'T-7' }, () => expect(carrier?.beneath(at)).toBe(carrier?.beneath(at)));
  });

  it('does not exist unless it is asked for', () => {
    expect(createBaggageCarrier([])).toBeUndefined();
  });
});

describe('what is sent to a provider', () => {
  it('has the baggage of the app, and nothing of ours, wherever it came from', () => {
    incoming({ app: 'x', 'tollgate.team': 'elsewhere' }, () =>
      carrier?.carry({ task: 't' }, () => {
        withoutOurBaggage(() => expect(active()).toEqual({ app: 'x' }));
        expect(active()).toMatchObject({ 'tollgate.task': 't' });
      }),
    );
    expect.assertions(2);
  });

  it('has no baggage at all where there was none but ours', () => {
    incoming({ 'tollgate.task': 't' }, () =>
      withoutOurBaggage(() => expect(propagation.getBaggage(context.active())).toBeUndefined()),
    );
    expect.assertions(1);
  });
});

describe('what our propagator sends', () => {
  it('is ours alone', () => {
    incoming({ app: 'x', 'tollgate.task': 't' }, () =>
      context.with(onlyOurBaggage(context.active()), () => expect(active()).toEqual({ 'tollgate.task': 't' })),
    );
    incoming({ app: 'x' }, () => context.with(onlyOurBaggage(context.active()), () => expect(active()).toEqual({})));
    expect.assertions(2);
  });
});
