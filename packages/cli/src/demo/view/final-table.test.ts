import { expect, it } from 'vitest';
import { finalTable } from './final-table.ts';
import { sampleState } from './sample-state.ts';

const text = (lines: string[]): string => `\n${lines.join('\n')}\n`;

it('lists spend by every dimension, budgets, refusals, and the server’s bill', () => {
  const state = { ...sampleState(), server: { nanoUsd: 35_500_000, requests: 32 } };
  expect(text(finalTable(state))).toMatchInlineSnapshot(`
    "
    by agent            calls  refused  attempts  input  output    spent
      looper               20        2        21    20k    2.4k  $0.0200
      researcher            6        0         7     6k     720  $0.0125
      writer                3        0         4     3k     360  $0.0030
    by task             calls  refused  attempts  input  output    spent
      T-3                  20        2        21    20k    2.4k  $0.0200
      T-1                   2        0         3     2k     240  $0.0050
      T-2                   2        0         3     2k     240  $0.0040
      T-4                   2        0         3     2k     240  $0.0030
      T-5                   2        0         3     2k     240  $0.0020
      T-6                   2        0         3     2k     240  $0.0010
      (none)                1        0         2     1k     120  $0.0005
    by step             calls  refused  attempts  input  output    spent
      retry                20        2        21    20k    2.4k  $0.0200
      search                6        0         7     6k     720  $0.0125
      (none)                3        0         4     3k     360  $0.0030
    by model            calls  refused  attempts  input  output    spent
      gpt-5-mini           26        2        27    26k    3.1k  $0.0325
      claude-haiku-4-5      3        0         4     3k     360  $0.0030
    total                  29        2        32    29k    3.5k  $0.0355

    budget                                used
      whole-run             $0.0355 of $0.5000
      agent-day researcher  $0.0125 of $0.0150
      one-task T-3          $0.0200 of $0.0200  closed

    instrumented: openai 7.57.0 (esm) · @anthropic-ai/sdk 1.12.0 (esm)
    2 calls refused by 'one-task T-3': exhausted
    The provider server billed $0.0355 for 32 requests: to the nano-USD what Tollgate counted.
    "
  `);
});

it('says by how much the server’s bill is off', () => {
  const state = { ...sampleState(), server: { nanoUsd: 36_500_000, requests: 32 } };
  expect(finalTable(state).at(-1)).toBe(
    'The provider server billed $0.0365 for 32 requests: Tollgate counted $0.0010 less than that.',
  );
});
