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
  { call: 'fits exactly', hold: 6, verdict: 'ok' },
  { call: 'is held up by a reservation', hold: 6, reserved: 1, verdict: 'contended' },
  { call: 'is too large for what is left', hold: 7, lower: 6, verdict: 'too-large' },
  { call: 'is too large whatever others put back', hold: 7, lower: 6, reserved: 4, verdict: 'too-large' },
  { call: 'finds not even its least', hold: 7, lower: 7, verdict: 'exhausted' },
  { call: 'could not be paid from an untouched account', hold: 12, lower: 11, verdict: 'too-large' },
  { call: 'costs nothing', hold: 0, reserved: 6, verdict: 'ok' },
])('with 4 of 10 spent, a call that $call is $verdict', ({ hold, lower = 1, reserved = 0, verdict }) => {
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

test('refuses for good only what would not fit if everyone else put everything back', () => {
  fc.assert(
    fc.property(
      fc.record({ limit: amount, spent: amount, reserved: amount, hold: amount, lower: amount }),
      (figures) => {
        const { limit, spent, reserved, hold, lower } = figures;
        const least = Math.min(lower, hold);
        const fitsNow = hold === 0 || spent + reserved + hold <= limit;
        const fitsLater = spent + hold <= limit;
        const isSpent = spent + least > limit && (least <= limit || limit === 0);
        const expected = fitsNow ? 'ok' : fitsLater ? 'contended' : isSpent ? 'exhausted' : 'too-large';
        const account = tally(limit, spent, reserved);
        expect(decide(account, usd(hold), usd(lower))).toBe(expected);
        expect(fits(account, usd(hold))).toBe(fitsNow);
      },
    ),
  );
});
