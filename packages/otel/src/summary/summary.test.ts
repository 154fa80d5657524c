import { emptyUsage, type Standing, type UsageRow } from '@tollgate/core';
import { describe, expect, it } from 'vitest';
import { shouldPrintSummary, summaryStyle } from './summary-style.ts';
import { renderSummary } from './summary.ts';

const style = { width: 80, colour: false, unicode: true };
const USD = 1_000_000_000;

function row(agent: string | undefined, usd: number, more: Partial<UsageRow> = {}): UsageRow {
  return {
    by: agent === undefined ? {} : { agent },
    calls: 10,
    denied: 0,
    attempts: 10,
    usage: { ...emptyUsage(), input: 20_000, cacheRead: 3_000, output: 1_234 },
    nanoUsd: usd * USD,
    estimatedNanoUsd: 0,
    assumedNanoUsd: 0,
    unpricedCalls: 0,
    ...more,
  };
}

function standing(budget: string, spent: number, limit: number, more: Partial<Standing> = {}): Standing {
  return {
    budget,
    key: budget,
    account: {},
    window: 'day',
    asOf: 0,
    reach: 'process',
    store: 'memory',
    limit: { nanoUsd: limit * USD },
    spent: { nanoUsd: spent * USD },
    reserved: {},
    remaining: {},
    closed: false,
    ...more,
  };
}

const text = (lines: string[]): string => `\n${lines.join('\n')}\n`;

describe('renderSummary', () => {
  it('shows the total, the agents, the budgets that matter and what the figures do not cover', () => {
    const rows = [
      row('researcher', 1.25, { denied: 3, estimatedNanoUsd: 0.1 * USD }),
      row('writer', 0.0042, { unpricedCalls: 1, assumedNanoUsd: 0.02 * USD }),
    ];
    const standings = [
      standing('company-month', 1, 2000),
      standing('one-task', 2, 2, { account: { task: 'T-1042' }, closed: true }),
      standing('agent-day', 1.25, 1.5, { account: { agent: 'researcher' } }),
    ];
    expect(text(renderSummary(rows, standings, style))).toMatchInlineSnapshot(`
      "
      Tollgate: $1.25 · 20 calls · 48.5k tokens · 3 refused
        agent         spent  calls  tokens
        researcher    $1.25     10   24.2k
        writer      $0.0042     10   24.2k
        budget 'one-task' T-1042: $2.00 of $2.00 (100 %), closed
        budget 'agent-day' researcher: $1.25 of $1.50 (83 %)
        1 call without a price (budgets were charged $0.0200); $0.1000 is estimated
      "
    `);
  });

  it('is one line when nothing was called', () => {
    expect(renderSummary([], [], style)).toEqual(['Tollgate: $0.00 · 0 calls · 0 tokens']);
  });

  it('stays within ten lines and its width, whatever there is to say', () => {
    const rows = Array.from({ length: 9 }, (_, n) =>
      row(`agent-with-a-rather-long-name-number-${n}`, n, { unpricedCalls: 1 }),
    );
    const standings = Array.from({ length: 9 }, (_, n) =>
      standing(
        `budget-${n}`,
        n,
        9,
        n === 2 ? { invalid: `limit.usd must be a number of USD, 0 or more, is '25': write 25` } : {},
      ),
    );
    const lines = renderSummary(rows, standings, { ...style, width: 60 });
    expect(text(lines)).toMatchInlineSnapshot(`
      "
      Tollgate: $36.00 · 90 calls · 218.1k tokens
        agent                              spent  calls  tokens
        agent-with-a-rather-long-name-n…   $8.00     10   24.2k
        agent-with-a-rather-long-name-n…   $7.00     10   24.2k
        agent-with-a-rather-long-name-n…   $6.00     10   24.2k
        6 others                          $15.00     60  145.4k
        budget 'budget-2' is not enforced: limit.usd must be a nu…
        budget 'budget-8': $8.00 of $9.00 (88 %)
        9 calls without a price
      "
    `);
    const all = [0, 1, 2, 3].map((n) => standing(`full-${n}`, 9, 9));
    const longest = renderSummary(
      rows.map((r) => ({ ...r, denied: 1, estimatedNanoUsd: 5 })),
      all,
      { ...style, width: 40 },
    );
    expect(longest.length).toBeLessThanOrEqual(10);
    expect(Math.max(...longest.map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it('judges a budget by the unit that is nearest to its limit', () => {
    const both = standing('one-task', 0.1, 2, {
      limit: { nanoUsd: 2 * USD, calls: 60 },
      spent: { nanoUsd: 0.1 * USD, calls: 57 },
    });
    expect(renderSummary([row('a', 0.1)], [both], style).at(-1)).toBe(
      "  budget 'one-task': 57 calls of 60 calls (95 %)",
    );
  });

  it('shows who has paused a budget', () => {
    const paused = standing('one-task', 0, 2, { closed: true, paused: { by: 'ops' } });
    expect(renderSummary([], [paused], style).at(-1)).toBe("  budget 'one-task': $0.00 of $2.00 (0 %), paused by ops");
  });

  it('uses ASCII where the terminal has no Unicode, and lets no escape sequence of a name through', () => {
    const lines = renderSummary([row('evil\u001b[2J\nname', 1), row('ünïcode', 2)], [], { ...style, unicode: false });
    expect(text(lines)).toMatchInlineSnapshot(`
      "
      Tollgate: $3.00 - 20 calls - 48.5k tokens
        agent          spent  calls  tokens
        ?n?code        $2.00     10   24.2k
        evil?[2J?name  $1.00     10   24.2k
      "
    `);
  });

  it('colours only where there are colours', () => {
    const closed = standing('one-task', 2, 2, { closed: true });
    const coloured = renderSummary([], [closed], { ...style, colour: true });
    expect(coloured[1]).toBe("\u001b[31m  budget 'one-task': $2.00 of $2.00 (100 %), closed\u001b[39m");
    expect(renderSummary([], [closed], style)[1]).not.toContain('\u001b');
  });
});

describe('shouldPrintSummary', () => {
  it.each([
    { summary: 'auto', mode: 'enforce', exporting: false, isTTY: true, prints: true },
    { summary: 'auto', mode: 'observe', exporting: false, isTTY: true, prints: true },
    { summary: 'auto', mode: 'enforce', exporting: true, isTTY: true, prints: false },
    { summary: 'auto', mode: 'enforce', exporting: false, isTTY: undefined, prints: false },
    { summary: 'on', mode: 'enforce', exporting: true, isTTY: false, prints: true },
    { summary: 'off', mode: 'enforce', exporting: false, isTTY: true, prints: false },
    { summary: 'on', mode: 'off', exporting: false, isTTY: true, prints: false },
  ] as const)('is $prints with $summary in $mode, exporting $exporting, terminal $isTTY', (x) => {
    const stream = x.isTTY === undefined ? {} : { isTTY: x.isTTY };
    expect(shouldPrintSummary({ summary: x.summary, mode: x.mode }, x.exporting, stream)).toBe(x.prints);
  });
});

describe('summaryStyle', () => {
  it('takes width and colours from the terminal', () => {
    const terminal = { isTTY: true, columns: 120, hasColors: () => true };
    expect(summaryStyle({ LANG: 'de_DE.UTF-8' }, terminal)).toEqual({ width: 120, colour: true, unicode: true });
    expect(summaryStyle({}, { isTTY: true, columns: 0 }).width).toBe(80);
    expect(summaryStyle({ LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, {})).toEqual({
      width: 80,
      colour: false,
      unicode: false,
    });
  });

  it('leaves NO_COLOR and the like to the terminal’s own judgement', () => {
    const asked: unknown[] = [];
    const hasColors = ((env: unknown) => asked.push(env) < 0) as never;
    const env = { NO_COLOR: '1' };
    expect(summaryStyle(env, { isTTY: true, hasColors }).colour).toBe(false);
    expect(asked).toEqual([env]);
  });
});
