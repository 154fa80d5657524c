import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

test.each([
  ['250ms', 250],
  ['90s', 90_000],
  ['15m', 900_000],
  ['24h', 86_400_000],
  ['1.5h', 5_400_000],
  ['7d', 604_800_000],
  [' 2w ', 1_209_600_000],
])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '10', 's', '-1s', '0s', '1 h', '1y', '1h30m', 'Infinitys', '99999999999999999w'])(
  'does not read %j',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
