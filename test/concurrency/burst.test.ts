import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { BurstResult, BurstSetUp } from './burst.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./burst.ts', import.meta.url));

/** A budget for 50 calls meets 200 of them at once, in a process of its own. */
async function burst(setUp: Omit<BurstSetUp, 'calls'>): Promise<BurstResult> {
  const { stdout } = await run(process.execPath, [
    '--conditions=@tollgate/source',
    program,
    JSON.stringify({ calls: 200, ...setUp }),
  ]);
  return JSON.parse(stdout) as BurstResult;
}

const reasonsOf = ({ refusals }: BurstResult): string[] => Object.keys(refusals);
const total = (refusals: Record<string, number>): number =>
  Object.values(refusals).reduce((sum, count) => sum + count, 0);

describe.each([
  ['a cap of what they really use', { cap: 1, reserve: 'expected', shrink: false, outputs: 'same' }],
  ['a cap of four times that', { cap: 4, reserve: 'expected', shrink: false, outputs: 'same' }],
  ['no cap, under a budget that may set it', { cap: 0, reserve: 'max', shrink: true, outputs: 'same' }],
  [
    'no cap and uneven answers, under a budget that may set it',
    { cap: 0, reserve: 'max', shrink: true, outputs: 'spread' },
  ],
] as const)('200 calls at once with %s', (_what, setUp) => {
  test('never go over a budget for 50, use nine tenths of it, and are refused for no other reason', async () => {
    const result = await burst(setUp);
    expect(result.highest).toBeLessThanOrEqual(result.limit);
    expect(result.billed).toBeGreaterThanOrEqual(0.9 * result.limit);
    expect(result.spent).toBe(result.billed);
    expect(result.reserved).toBe(0);
    expect(result.requests).toBe(result.answered);
    expect(result.answered + total(result.refusals)).toBe(200);
    expect(reasonsOf(result).every((reason) => reason === 'exhausted' || reason === 'too-large')).toBe(true);
  });
});

test('without a cap and with the defaults, calls that fit the estimate stay within the budget and use nine tenths of it', async () => {
  const result = await burst({ cap: 0, reserve: 'expected', shrink: false, outputs: 'same' });
  expect(result.highest).toBeLessThanOrEqual(result.limit);
  expect(result.billed).toBeGreaterThanOrEqual(0.9 * result.limit);
  expect(result.spent).toBe(result.billed);
  expect(reasonsOf(result).every((reason) => reason === 'exhausted' || reason === 'too-large')).toBe(true);
});

test('without a cap, what uneven answers cost beyond their estimate is charged in full', async () => {
  const result = await burst({ cap: 0, reserve: 'expected', shrink: false, outputs: 'spread' });
  expect(result.spent).toBe(result.billed);
  expect(result.billed).toBeGreaterThanOrEqual(0.9 * result.limit);
  // Every answer under way may exceed its estimate; the README says by how much that was.
  expect(result.highest).toBeLessThan(1.25 * result.limit);
  expect(reasonsOf(result).every((reason) => reason === 'exhausted' || reason === 'too-large')).toBe(true);
});
