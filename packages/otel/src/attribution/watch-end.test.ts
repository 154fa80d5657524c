import { expect, test } from 'vitest';
import { watchEnd } from './watch-end.ts';

/** Notes how something ended. */
function noting(): { ends: string[]; end: (failure?: { error: unknown }) => void } {
  const ends: string[] = [];
  return { ends, end: (failure) => ends.push(failure === undefined ? 'ok' : String(failure.error)) };
}

function within<R>(step: () => R): R {
  return step();
}

/** A promise that begins its work when somebody asks for the result, as the clients of OpenAI and Anthropic give. */
class LazyPromise extends Promise<string> {
  asked = 0;

  // Derived promises are plain ones.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  constructor() {
    super((resolve) => resolve('nothing'));
  }

  override then<A = string, B = never>(
    onValue?: ((value: string) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.asked += 1;
    return Promise.resolve('parsed').then(onValue, onError);
  }

  async asResponse(): Promise<string> {
    return 'raw';
  }
}

test('a value ends at once', () => {
  const { ends, end } = noting();
  expect(watchEnd(7, within, end)).toBe(7);
  expect(ends).toEqual(['ok']);
});

test('a promise ends when it settles, and gives its value', async () => {
  const { ends, end } = noting();
  const watched = watchEnd(Promise.resolve(7), within, end);
  expect(ends).toEqual([]);
  expect(await watched).toBe(7);
  expect(ends).toEqual(['ok']);
});

test('what a promise brings is watched as if it had come by itself, and read twice it is watched once', async () => {
  const { ends, end } = noting();
  const steps: string[] = [];
  const noteSteps = <R>(step: () => R): R => {
    steps.push('step');
    return step();
  };
  const watched = watchEnd(Promise.resolve([7].values()), noteSteps, end);
  expect([...(await watched)]).toEqual([7]);
  expect([...(await watched)]).toEqual([]);
  expect(steps).toHaveLength(3);
  expect(new Set(ends)).toEqual(new Set(['ok']));
});

test('a rejection is passed on, and nobody else counts as having handled it', async () => {
  const { ends, end } = noting();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
  void watchEnd(Promise.reject(new Error('lost')), within, end);
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.removeListener('unhandledRejection', note);
  for (const listener of others) process.on('unhandledRejection', listener);
  expect(unhandled).toEqual([new Error('lost')]);
  expect(ends).toEqual(['Error: lost']);
});

test('a promise of a class of its own stays the same object, and is asked by nobody but the app', async () => {
  const { ends, end } = noting();
  const lazy = new LazyPromise();
  expect(watchEnd(lazy, within, end)).toBe(lazy);
  expect(lazy.asked).toBe(0);
  expect(await lazy.asResponse()).toBe('raw');
  expect(lazy.asked).toBe(0);
  expect(ends).toEqual(['ok']);
});

test('a promise of a class of its own ends when the app has what it asked for', async () => {
  const { ends, end } = noting();
  const lazy = watchEnd(new LazyPromise(), within, end);
  expect(await lazy).toBe('parsed');
  expect(ends).toEqual(['ok']);
});
