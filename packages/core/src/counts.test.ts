import { expect, it } from 'vitest';
import { compact, plural } from './counts.ts';

it('writes numbers for people', () => {
  expect([compact(999), compact(48_520), compact(1_234_567)]).toEqual(['999', '48.5k', '1.2M']);
  expect([plural(1, 'call'), plural(2_500, 'call')]).toEqual(['1 call', '2.5k calls']);
});
