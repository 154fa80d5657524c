import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, test } from 'vitest';
import { isStepwise, watchSteps } from './watch-steps.ts';

const place = new AsyncLocalStorage<string>();

function within<R>(step: () => R): R {
  return place.run('inside', step);
}

/** Notes how something ended. */
function noting(): { ends: string[]; end: (failure?: { error: unknown }) => void } {
  const ends: string[] = [];
  return { ends, end: (failure) => ends.push(failure === undefined ? 'ok' : String(failure.error)) };
}

async function* steps(count: number, failure?: Error): AsyncGenerator<string | undefined, string> {
  for (let step = 0; step < count; step += 1) {
    await Promise.resolve();
    yield place.getStore();
  }
  if (failure !== undefined) throw failure;
  return `last ${place.getStore()}`;
}

function* plainSteps(count: number): Generator<string | undefined> {
  for (let step = 0; step < count; step += 1) yield place.getStore();
}

test('an async generator stays the same object, and each of its steps runs inside', async () => {
  const { ends, end } = noting();
  const generator = steps(2);
  const watched = watchSteps(generator, within, end);
  expect(watched).toBe(generator);
  expect(await watched.next()).toEqual({ value: 'inside', done: false });
  expect(ends).toEqual([]);
  expect(await watched.next()).toEqual({ value: 'inside', done: false });
  expect(await watched.next()).toEqual({ value: 'last inside', done: true });
  expect(ends).toEqual(['ok']);
  expect(Object.keys(watched)).toEqual([]);
});

test('a generator runs inside as well, and ends when it is left early', () => {
  const { ends, end } = noting();
  for (const at of watchSteps(plainSteps(3), within, end)) {
    expect(at).toBe('inside');
    expect(ends).toEqual([]);
    break;
  }
  expect(ends).toEqual(['ok']);
});

test('a generator that yields while it is being left ends only when it is through', () => {
  const { ends, end } = noting();
  const watched = watchSteps(stubborn(), within, end);
  watched.next();
  expect(watched.return(undefined)).toEqual({ value: 'not yet', done: false });
  expect(ends).toEqual([]);
  watched.next();
  expect(ends).toEqual(['ok']);

  function* stubborn(): Generator<string> {
    try {
      yield 'first';
    } finally {
      yield 'not yet';
    }
  }
});

test('a failure ends it and reaches who asked for the step', async () => {
  const { ends, end } = noting();
  const watched = watchSteps(steps(0, new Error('lost')), within, end);
  await expect(watched.next()).rejects.toThrow('lost');
  const thrown = watchSteps(plainSteps(2), within, end);
  thrown.next();
  expect(() => thrown.throw(new Error('thrown in'))).toThrow('thrown in');
  expect(ends).toEqual(['Error: lost', 'Error: thrown in']);
});

test('the async generator that is thrown into or left early ends too', async () => {
  const { ends, end } = noting();
  const thrown = watchSteps(steps(2), within, end);
  await thrown.next();
  await expect(thrown.throw(new Error('thrown in'))).rejects.toThrow('thrown in');
  for await (const at of watchSteps(steps(2), within, end)) {
    expect(at).toBe('inside');
    break;
  }
  expect(ends).toEqual(['Error: thrown in', 'ok']);
});

test('an iterator that takes no further property is left alone and ends at once', () => {
  const { ends, end } = noting();
  const frozen = Object.freeze(plainSteps(1));
  expect(watchSteps(frozen, within, end)).toBe(frozen);
  expect(ends).toEqual(['ok']);
});

test('generators have steps; lists, promises and streams that are only iterable have none', () => {
  expect([steps(1), plainSteps(1)].map(isStepwise)).toEqual([true, true]);
  const stream = { [Symbol.asyncIterator]: () => steps(1) };
  for (const value of [stream, [1], 'text', undefined, null, Promise.resolve(), { next: () => 1 }]) {
    expect(isStepwise(value)).toBe(false);
  }
});
