import { expect, test } from 'vitest';
import { noAmounts } from '../measures.ts';
import { RecentSpend } from './recent-spend.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

function usd(nanoUsd: number) {
  return { nanoUsd, tokens: 0, calls: 0 };
}

test('an amount leaves one length after the end of the sixtieth that it was admitted in', () => {
  const recent = new RecentSpend(HOUR);
  const total = usd(5);
  recent.add(recent.slotAt(90_000), usd(5), 90_000);
  expect(recent.nextExit()).toBe(HOUR + 2 * MINUTE);
  expect([recent.expire(HOUR + 2 * MINUTE - 1, total), total.nanoUsd]).toEqual([false, 5]);
  expect([recent.expire(HOUR + 2 * MINUTE, total), total.nanoUsd]).toEqual([true, 0]);
  expect(recent.nextExit()).toBeUndefined();
});

test('keeps its order when calls settle out of theirs', () => {
  const recent = new RecentSpend(HOUR);
  for (const minute of [5, 1, 3, 1, 5]) recent.add(minute, usd(minute), 6 * MINUTE);
  const total = usd(15);
  recent.expire(HOUR + 2 * MINUTE, total);
  expect(total.nanoUsd).toBe(13);
  recent.expire(HOUR + 4 * MINUTE, total);
  expect(total.nanoUsd).toBe(10);
  recent.expire(HOUR + 6 * MINUTE, total);
  expect(total).toEqual(noAmounts());
});

test('does not take what has left already', () => {
  const recent = new RecentSpend(HOUR);
  expect(recent.add(0, usd(1), HOUR + MINUTE)).toBe(false);
  expect(recent.add(0, usd(1), HOUR + MINUTE - 1)).toBe(true);
});
