import { describe, expect, it } from 'vitest';
import { ConfigError } from '@tollgate/core';
import { readNeed } from './asked-need.ts';

describe('what is asked about', () => {
  it('is read in the units of a limit', () => {
    expect(readNeed({ usd: 0.5 })).toMatchObject({ nanoUsd: 500_000_000 });
    expect(readNeed({ tokens: 10, calls: 1 })).toMatchObject({ nanoUsd: undefined, tokens: 10, calls: 1 });
  });

  it.each([undefined, null, 0.5, '1', ['usd']])('is refused where it is %j, with what to write', (need) => {
    expect(() => readNeed(need as never)).toThrow(ConfigError);
    expect(() => readNeed(need as never)).toThrow('need: must say how much is asked for, such as { usd: 0.5 }');
  });

  it('is refused where it names no unit, or no amount', () => {
    expect(() => readNeed({ dollars: 1 } as never)).toThrow('need.dollars: is unknown');
    expect(() => readNeed({ usd: -1 })).toThrow('need.usd: must be a number, 0 or more');
  });
});
