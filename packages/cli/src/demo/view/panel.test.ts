import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { renderPanel } from './panel.ts';
import { emptyState, sampleState } from './sample-state.ts';

const text = (lines: string[]): string => `\n${lines.join('\n')}\n`;

it('shows spend, limits, the last refusal and what is instrumented', () => {
  expect(text(renderPanel(sampleState(), 80))).toMatchInlineSnapshot(`
    "
    Tollgate demo · $0.0355 · 29 calls · 32.5k tokens · 2 refused
    instrumented: openai 7.57.0 (esm) · @anthropic-ai/sdk 1.12.0 (esm)

    by agent                                 by task
    looper               $0.0200 ──────      T-3                  $0.0200 ██████████
    researcher           $0.0125 ████████▒░  T-1                  $0.0050 ─
    writer               $0.0030 ─           T-2                  $0.0040 ─
                                             4 more               $0.0065 ──

    by step                                  by model
    retry                $0.0200 ──────      gpt-5-mini           $0.0325 ─────────
    search               $0.0125 ────        claude-haiku-4-5     $0.0030 ─
    (none)               $0.0030 ─

    budgets
    one-task T-3               ██████████████████████     $0.0200 of $0.0200  closed
    agent-day researcher       ██████████████████▒▒░░     $0.0125 of $0.0150    83 %
    whole-run                  ██░░░░░░░░░░░░░░░░░░░░     $0.0355 of $0.5000     7 %

    refused by 'one-task T-3': exhausted (2 refusals)
    "
  `);
});

it('puts one section below the other where the terminal is narrow', () => {
  expect(text(renderPanel(sampleState(), 50))).toMatchInlineSnapshot(`
    "
    Tollgate demo · $0.0355 · 29 calls · 32.5k tokens…
    instrumented: openai 7.57.0 (esm) · @anthropic-ai…

    by agent
    looper                          $0.0200 ──────
    researcher                      $0.0125 ████████▒░
    writer                          $0.0030 ─

    by task
    T-3                             $0.0200 ██████████
    T-1                             $0.0050 ─
    T-2                             $0.0040 ─
    4 more                          $0.0065 ──

    by step
    retry                           $0.0200 ──────
    search                          $0.0125 ────
    (none)                          $0.0030 ─

    by model
    gpt-5-mini                      $0.0325 ─────────
    claude-haiku-4-5                $0.0030 ─

    budgets
    one-task T-3     █████████████████████████  closed
    agent-day resea… █████████████████████▒▒░░    83 %
    whole-run        ██░░░░░░░░░░░░░░░░░░░░░░░     7 %

    refused by 'one-task T-3': exhausted (2 refusals)
    "
  `);
});

it('shows the frame before the first call', () => {
  expect(text(renderPanel(emptyState(), 76))).toMatchInlineSnapshot(`
    "
    Tollgate demo · $0.00 · 0 calls · 0 tokens
    nothing is instrumented yet

    by agent                               by task

    by step                                by model

    budgets

    no call was refused so far
    "
  `);
});

it('uses ASCII where the terminal has no Unicode', () => {
  const lines = renderPanel(sampleState(), 80, { colour: false, unicode: false });
  expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
});

it('is the same text in colour', () => {
  const coloured = renderPanel(sampleState(), 80, { colour: true, unicode: true });
  expect(coloured.join('')).toContain('\u001b[31m');
  const plain = coloured.map((line) => stripVTControlCharacters(line).trimEnd());
  expect(plain).toEqual(renderPanel(sampleState(), 80));
});

it('never is wider than asked, and fits a terminal of 24 lines', () => {
  const state = sampleState();
  state.budgets = state.budgets.flatMap((budget) => [budget, budget, budget]);
  for (const width of [40, 55, 56, 60, 76, 80, 200]) {
    const lines = renderPanel(state, width);
    expect(Math.max(...lines.map((line) => Array.from(line).length)), `${width}`).toBeLessThanOrEqual(width);
  }
  expect(renderPanel(state, 80).length).toBeLessThan(24);
});

it('shows a name with an escape sequence as text', () => {
  const state = sampleState();
  for (const row of state.by.agent) row.by.agent = '\u001b[2Jclear';
  expect(renderPanel(state, 80).join('\n')).toContain('?[2Jclear');
});
