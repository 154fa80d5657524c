import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Meter } from './call/meter.ts';
import { takeBundled } from './later.ts';
import { PARTS } from './parts.ts';
import { shared } from './shared.ts';
import { warmUpLater } from './warm-up.ts';

beforeEach(() => {
  takeBundled(PARTS);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  shared.makeMeter = undefined;
});

test('what the first call needs is made ready a second after the start, and not before', () => {
  const warmUp = vi.fn<() => void>();
  shared.makeMeter = () => ({ warmUp }) as unknown as Meter;
  warmUpLater();
  vi.advanceTimersByTime(999);
  expect(warmUp).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(warmUp).toHaveBeenCalledOnce();
});

test('nothing is made ready for a plugin that has been shut down', () => {
  warmUpLater();
  expect(() => vi.advanceTimersByTime(1_000)).not.toThrow();
});
