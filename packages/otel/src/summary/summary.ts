import { formatUsd, totalInput, totalOutput, type Standing, type UsageRow } from '@tollgate/core';
import { compact, limitUse, plural, type LimitUse } from '@tollgate/core/plugin';
import { addSums, noSums, type Sums } from '../book/sums.ts';
import { paint, type SummaryStyle } from './summary-style.ts';
import { aligned, fit, printable, toAscii } from './terminal-text.ts';

const SHOWN_AGENTS = 4;
const SHOWN_BUDGETS = 2;
/** The part of its limit from which on a budget is worth a line. */
const NEAR = 0.8;

/**
 * What a run has spent, for a terminal, in at most ten lines: the total, the dearest agents, the budgets that are nearly
 * used up or broken, and what the figures do not cover. `rows` are by agent.
 */
export function renderSummary(
  rows: readonly UsageRow[],
  standings: readonly Standing[],
  style: SummaryStyle,
): string[] {
  const total = rows.reduce<Sums>((sum, row) => (addSums(sum, row), sum), noSums());
  const lines = [totalLine(total), ...agentLines(rows), ...budgetLines(standings), ...doubtLines(total)];
  return lines.map((line) => {
    const cut = fit(line.text, style.width);
    const text = style.unicode ? cut : toAscii(cut);
    return line.format === undefined ? text : paint(line.format, text, style);
  });
}

interface Line {
  text: string;
  format?: 'bold' | 'dim' | 'yellow' | 'red';
}

function totalLine(total: Sums): Line {
  const refused = total.denied > 0 ? [`${compact(total.denied)} refused`] : [];
  const parts = [formatUsd(total.nanoUsd), plural(total.calls, 'call'), `${tokensOf(total)} tokens`, ...refused];
  return { text: `Tollgate: ${parts.join(' · ')}`, format: 'bold' };
}

function agentLines(rows: readonly UsageRow[]): Line[] {
  const named = rows.toSorted((a, b) => b.nanoUsd - a.nanoUsd);
  if (named.length === 0 || (named.length === 1 && named[0]?.by.agent === undefined)) return [];
  const shown = named.length > SHOWN_AGENTS ? SHOWN_AGENTS - 1 : named.length;
  const rest = named.slice(shown);
  const cells = named.slice(0, shown).map((row) => [nameOf(row.by.agent ?? '(no agent)'), ...figuresOf(row)]);
  if (rest.length > 0) {
    const sum = rest.reduce<Sums>((all, row) => (addSums(all, row), all), noSums());
    cells.push([`${rest.length} others`, ...figuresOf(sum)]);
  }
  const [title, ...lines] = aligned([['agent', 'spent', 'calls', 'tokens'], ...cells]);
  return [{ text: `  ${title}`, format: 'dim' }, ...lines.map((text) => ({ text: `  ${text}` }))];
}

function budgetLines(standings: readonly Standing[]): Line[] {
  const broken = standings.filter(({ invalid }) => invalid !== undefined);
  const near = standings
    .filter((standing) => standing.invalid === undefined && (standing.closed || fullest(standing).part >= NEAR))
    .toSorted((a, b) => Number(b.closed) - Number(a.closed) || fullest(b).part - fullest(a).part);
  const all = [...broken, ...near];
  const shown = all.length > SHOWN_BUDGETS ? SHOWN_BUDGETS - 1 : all.length;
  const lines = all.slice(0, shown).map(budgetLine);
  return all.length > shown
    ? [...lines, { text: `  ${all.length - shown} more budgets near their limit or closed` }]
    : lines;
}

function budgetLine(standing: Standing): Line {
  const values = Object.values(standing.account).filter((value) => value !== undefined);
  const name = nameOf([`'${standing.budget}'`, ...values].join(' '));
  if (standing.invalid !== undefined)
    return { text: `  budget ${name} is not enforced: ${printable(standing.invalid)}`, format: 'red' };
  const { unit, spent, limit, part } = fullest(standing);
  const state = standing.paused ? `, paused by ${printable(standing.paused.by)}` : standing.closed ? ', closed' : '';
  const used = `${amount(unit, spent)} of ${amount(unit, limit)} (${Math.floor(part * 100)} %)`;
  return { text: `  budget ${name}: ${used}${state}`, format: standing.closed ? 'red' : 'yellow' };
}

function doubtLines({ unpricedCalls, assumedNanoUsd, estimatedNanoUsd }: Sums): Line[] {
  const assumed = assumedNanoUsd > 0 ? ` (budgets were charged ${formatUsd(assumedNanoUsd)})` : '';
  const parts = [
    ...(unpricedCalls > 0 ? [`${plural(unpricedCalls, 'call')} without a price${assumed}`] : []),
    ...(estimatedNanoUsd > 0 ? [`${formatUsd(estimatedNanoUsd)} is estimated`] : []),
  ];
  return parts.length === 0 ? [] : [{ text: `  ${parts.join('; ')}`, format: 'yellow' }];
}

const NO_LIMIT: LimitUse = { unit: 'calls', spent: 0, reserved: 0, limit: 0, part: 0 };

function fullest(standing: Standing): LimitUse {
  return limitUse(standing) ?? NO_LIMIT;
}

function amount(unit: LimitUse['unit'], value: number): string {
  return unit === 'nanoUsd' ? formatUsd(value) : `${compact(value)} ${unit}`;
}

function figuresOf(sums: Sums): string[] {
  return [formatUsd(sums.nanoUsd), compact(sums.calls), tokensOf(sums)];
}

function tokensOf({ usage }: Sums): string {
  return compact(totalInput(usage) + totalOutput(usage));
}

/** A name at a length that leaves room for figures. */
function nameOf(text: string): string {
  return fit(printable(text), 32);
}
