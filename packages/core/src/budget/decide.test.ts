import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, fits } from './decide.ts';
import type { Amounts } from './measures.ts';

function usd(nanoUsd: number): Amounts {
  return { nanoUsd, tokens: 0, calls: 0 };
}

function tally(limit: number, spent: number, reserved = 0, claimed = 0) {
  const none = { tokens: Infinity, calls: Infinity };
  return { limit: { nanoUsd: limit, ...none }, spent: usd(spent), reserved: usd(reserved), claimed: usd(claimed) };
}

test.each([
  ['fits exactly', 6, 1, 0, 'ok'],
  ['is held up by a reservation', 6, 1, 1, 'contended'],
  ['is too large for what is left', 7, 6, 0, 'too-large'],
  ['is too large whatever others put back', 7, 6, 4, 'too-large'],
  ['finds not even its least', 7, 7, 0, 'exhausted'],
  ['could not be paid from an untouched account', 12, 11, 0, 'too-large'],
  ['costs nothing', 0, 0, 6, 'ok'],
])('with 4 of 10 spent, a call that %s: hold %i, least %i, reserved %i → %s', (_, hold, lower, reserved, verdict) => {
  expect(decide(tally(10, 4, reserved), usd(hold), usd(lower))).toBe(verdict);
});

test('counts what earlier calls wait for as taken', () => {
  expect(decide(tally(10, 4, 0, 5), usd(2), usd(1))).toBe('contended');
  expect(decide(tally(10, 4, 0, 5), usd(1), usd(1))).toBe('ok');
});

test('a limit of 0 is exhausted for every call that costs something', () => {
  expect(decide(tally(0, 0), usd(1), usd(1))).toBe('exhausted');
  expect(decide(tally(0, 0), usd(0), usd(0))).toBe('ok');
});

test('lets a free call pass an account that is over its limit', () => {
  expect(decide(tally(10, 12), usd(0), usd(0))).toBe('ok');
  expect(decide(tally(10, 12), usd(1), usd(1))).toBe('exhausted');
});

test('one short unit is enough to refuse', () => {
  const limit = { nanoUsd: 100, tokens: 10, calls: 2 };
  const none = { nanoUsd: 0, tokens: 0, calls: 0 };
  const account = { limit, spent: { nanoUsd: 10, tokens: 4, calls: 2 }, reserved: none, claimed: none };
  expect(decide(account, { nanoUsd: 1, tokens: 7, calls: 0 }, none)).toBe('too-large');
  expect(decide(account, { nanoUsd: 1, tokens: 7, calls: 1 }, { nanoUsd: 1, tokens: 1, calls: 1 })).toBe('exhausted');
});

const amount = fc.integer({ min: 0, max: 50 });

test('says ok exactly when everything together stays within the limit, and no other word when waiting can help', () => {
  fc.assert(
    fc.property(amount, amount, amount, amount, amount, (limit, spent, reserved, hold, lower) => {
      const account = tally(limit, spent, reserved);
      const verdict = decide(account, usd(hold), usd(lower));
      expect(verdict === 'ok').toBe(hold === 0 || spent + reserved + hold <= limit);
      expect(verdict === 'ok').toBe(fits(account, usd(hold)));
      if (verdict === 'contended') expect(spent + hold).toBeLessThanOrEqual(limit);
      if (verdict === 'exhausted' || verdict === 'too-large') expect(spent + hold).toBeGreaterThan(limit);
      if (verdict === 'exhausted') expect(spent + Math.min(lower, hold)).toBeGreaterThan(limit);
    }),
  );
});
